"""Questions of the API: leads with their standing, and touches, in pages by key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from leadfarm.access.models import Workspace
from leadfarm.leads.models import Lead, PersonalText, Standing, Touch
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.stages import Stage


@dataclass(frozen=True)
class Wanted:
    """Which leads were asked for; None: any."""

    stage: Stage | None = None
    email: str | None = None
    external_id: str | None = None
    source_id: int | None = None
    campaign_id: int | None = None
    entered_from: datetime | None = None
    entered_until: datetime | None = None


def lead_page(
    workspace: Workspace, wanted: Wanted, before: int | None, limit: int
) -> tuple[list[Lead], int | None]:
    """Return the newest leads asked for, and the id the next page starts below; one query."""
    found = _leads(workspace)
    if wanted.stage is not None:
        standing = Standing.objects.of(workspace).filter(stage=wanted.stage)
        found = found.filter(id__in=standing.values("lead_id"))
    exact = {
        "contact__email_key": wanted.email,
        "external_id": wanted.external_id,
        "source_id": wanted.source_id,
        "campaign_id": wanted.campaign_id,
        "entered_at__gte": wanted.entered_from,
        "entered_at__lt": wanted.entered_until,
        "id__lt": before,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    rows = list(found.order_by("-id")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def one_lead(workspace: Workspace, lead_id: int) -> Lead:
    """Return the lead; Http404 where there is none behind this wall."""
    lead = _leads(workspace).filter(id=lead_id).first() if lead_id < 2**63 else None
    if lead is None:
        raise Http404("No such lead.")
    return lead


def _leads(workspace: Workspace) -> QuerySet[Lead]:
    return Lead.objects.of(workspace).select_related("contact", "account", "source", "campaign")


def leads_told(workspace: Workspace, leads: list[Lead], now: datetime) -> list[dict[str, Any]]:
    """Return the leads as the API tells them; one query more, for their standings."""
    ids = [lead.id for lead in leads]
    standings = {one.lead_id: one for one in Standing.objects.of(workspace).filter(lead_id__in=ids)}
    half_life = timedelta(days=workspace.half_life_days)
    return [_lead(workspace, lead, standings[lead.id], half_life, now) for lead in leads]


def _lead(
    workspace: Workspace, lead: Lead, standing: Standing, half_life: timedelta, now: datetime
) -> dict[str, Any]:
    holes = {"workspace": workspace.slug, "lead_id": lead.id}
    return {
        "id": lead.id,
        "external_id": lead.external_id,
        "title": lead.title,
        "need": lead.need,
        "stage": Stage(standing.stage).slug,
        # Unknown, not cold: who objects to profiling is not scored.
        "heat": None if standing.unscored else round(heats.as_of(standing.heat, now, half_life)),
        "contact": lead.contact,
        "account": lead.account.name if lead.account else None,
        "source": lead.source.name if lead.source else None,
        "campaign": lead.campaign.name if lead.campaign else None,
        "entered_at": lead.entered_at,
        "next_step": standing.next_why,
        "next_at": standing.next_at,
        "url": settings.PUBLIC_URL + reverse("leads:record", kwargs=holes),
    }


def touch_page(lead: Lead, before: int | None, limit: int) -> tuple[list[Touch], int | None]:
    """Return the touches of a lead, the latest written first, and where the next page starts."""
    found = Touch.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    if before is not None:
        found = found.filter(id__lt=before)
    rows = list(found.select_related("campaign").order_by("-id")[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def touches_told(workspace_id: int, touches: Iterable[Touch]) -> Iterator[dict[str, Any]]:
    """Give the touches as the API tells them; one query more, for what was said."""
    texts = PersonalText.objects.of(workspace_id).filter(kind="said")
    ids = [touch.id for touch in touches]
    said = dict(texts.filter(touch_id__in=ids).values_list("touch_id", "body"))
    for touch in touches:
        yield {
            "id": touch.id,
            "kind": TouchKind(touch.kind).slug,
            "by_machine": touch.by_machine,
            "happened_at": touch.happened_at,
            "known_at": touch.known_at,
            "campaign": touch.campaign.name if touch.campaign else None,
            "said": said.get(touch.id, ""),
        }
