"""Visits of people we know come onto their lead: one touch a visit, its pages as personal text.

A tick does it some seconds after a visit began, when it can be told whether a human reads there;
pages that follow are added to the words, not to the history.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from leadfarm.access.actors import FORM
from leadfarm.engine.statements import prepared
from leadfarm.intake.models import PageView, Visit
from leadfarm.intake.sql import statement
from leadfarm.intake.visits.recognising import settle_claims
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead, PersonalText
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.stages import OPEN

WAIT = timedelta(seconds=8)
BATCH = 200
MOST_PAGES = 40
# Nobody reads so many pages in so little time.
FAST_PAGES, FAST = 5, timedelta(seconds=3)


@dataclass(frozen=True)
class Ripe:
    """One visit that its lead has not heard all of; it has a lead and a contact."""

    id: int
    contact_id: int
    lead_id: int
    started_at: datetime
    last_at: datetime
    pages: int
    by_machine: bool
    touch_id: int | None

    @property
    def is_machine(self) -> bool:
        """Whether a program names itself, or pages were turned faster than anyone reads."""
        hurried = self.pages >= FAST_PAGES and self.last_at - self.started_at < FAST
        return self.by_machine or hurried


@transaction.atomic
def tell_visits(workspace_id: int, now: datetime) -> int:
    """Put the visits of people we know onto their leads; return how many. Safe side by side.

    Human ones warm the lead and wake what waits for them; machine ones are shown and count for
    nothing (law 8).
    """
    settle_claims(workspace_id, now)
    terms = {
        "workspace": workspace_id,
        "last_open_stage": int(max(OPEN)),
        "ripe": now - WAIT,
        "batch": BATCH,
    }
    found = [Ripe(**row) for row in prepared(statement("visits_to_tell"), terms)]
    pages = _pages(workspace_id, [visit.id for visit in found])
    leads = Lead.objects.of(workspace_id).in_bulk([visit.lead_id for visit in found])
    for visit in found:
        words = "\n".join(pages.get(visit.id, ()))
        touch_id = visit.touch_id or _touch(leads[visit.lead_id], visit, now)
        _keep_words(workspace_id, visit, touch_id, words, now)
        told: dict[str, Any] = {"lead_id": visit.lead_id, "touch_id": touch_id}
        Visit.objects.of(workspace_id).filter(id=visit.id).update(told=visit.pages, **told)
    return len(found)


def _touch(lead: Lead, visit: Ripe, now: datetime) -> int:
    touch = record_touch(
        lead,
        TouchKind.PAGE_VISIT,
        happened_at=visit.started_at,
        now=now,
        actor=FORM,
        by_machine=visit.is_machine,
        contact_id=visit.contact_id,
        ref=visit.id,
    )
    return touch.id


def _keep_words(workspace_id: int, visit: Ripe, touch_id: int, words: str, now: datetime) -> None:
    PersonalText.objects.update_or_create(
        workspace_id=workspace_id,
        touch_id=touch_id,
        kind="visit",
        lead_id=visit.lead_id,
        defaults={"contact_id": visit.contact_id, "body": words, "written_at": now},
    )


def _pages(workspace_id: int, visits: list[int]) -> dict[int, list[str]]:
    """Return what each visit read, in the order it was read, each page once."""
    views = PageView.objects.of(workspace_id).filter(visit_id__in=visits)
    seen: dict[int, list[str]] = {}
    for view in views.select_related("page").order_by("visit_id", "seen_at", "id"):
        lines = seen.setdefault(view.visit_id, [])
        line = f"{view.page.title} · {view.page.path}" if view.page.title else view.page.path
        if line not in lines and len(lines) < MOST_PAGES:
            lines.append(line)
    return seen


def describe_visits(workspace_id: int, visits: list[int]) -> dict[int, str]:
    """Say of visits how many pages they read and for how long, for the timeline."""
    found = Visit.objects.of(workspace_id).filter(id__in=visits)
    return {visit.id: _length(visit) for visit in found}


def _length(visit: Visit) -> str:
    minutes = round((visit.last_at - visit.started_at).total_seconds() / 60)
    many = f"{visit.pages} page{'' if visit.pages == 1 else 's'}"
    return f"{many} in {minutes} min" if minutes else f"{many} in less than a minute"
