"""The timeline: newest first, people apart from machines, machine runs folded (UX 5, S4-13)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from leadfarm.access.models import Workspace
from leadfarm.leads.models import PersonalText, Touch
from leadfarm.leads.panels import registry
from leadfarm.leads.queries.history import Shown, narrowed, older_than
from leadfarm.rules.codes import Direction, Disposition, TouchKind

PAGE = 60
FOLD_FROM = 3


@dataclass(frozen=True)
class Event:
    """One touch as the timeline draws it."""

    id: int
    at: datetime
    machine: bool
    lead_id: int
    who: str = ""
    them: bool = False
    direction: str = ""
    did: str = ""
    tag: str = ""
    said: str = ""
    via: str = ""
    note_id: int | None = None

    @property
    def anchor(self) -> str:
        """Return what evidence elsewhere on the page points to."""
        return f"t-{self.id}"


@dataclass(frozen=True)
class Run:
    """Several machine touches in a row, folded into one line."""

    summary: str
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """A month of the timeline."""

    title: str
    items: list[Event | Run]


@dataclass(frozen=True)
class Timeline:
    """A page of the timeline, the counts behind its filters, and where the next page starts."""

    chapters: list[Chapter]
    people: int
    machines: int
    older: int | None

    @property
    def total(self) -> int:
        """Return how many touches there are in all."""
        return self.people + self.machines


def timeline_of(workspace: Workspace, leads: Sequence[int], shown: Shown) -> Timeline:
    """Return the page of touches of these leads, in four queries whatever their number."""
    touches = Touch.objects.of(workspace).filter(lead_id__in=list(leads))
    kept = narrowed(touches, shown, ZoneInfo(workspace.time_zone))
    machines, people = _counted(kept if shown.narrowed else touches)
    rest = older_than(kept, shown.before).select_related("member", "contact", "campaign")
    page = list(rest.order_by("-happened_at", "-id")[: PAGE + 1])
    older = page[PAGE - 1].id if len(page) > PAGE else None
    chapters = _chapters(list(_events(workspace, page[:PAGE])))
    return Timeline(chapters, people, machines, older)


def _counted(touches: QuerySet[Touch]) -> tuple[int, int]:
    """Return how many are by machines and how many by people."""
    machine = Count("id", filter=Q(by_machine=True))
    counted = touches.aggregate(machines=machine, total=Count("id"))
    return counted["machines"], counted["total"] - counted["machines"]


def _events(workspace: Workspace, touches: list[Touch]) -> Iterator[Event]:
    texts = _texts(workspace.id, touches)
    about = _about(workspace.id, touches)
    clock = ZoneInfo(workspace.time_zone)  # months and days are those of the people who read it
    for touch in touches:
        yield _event(touch, clock, texts.get(touch.id), about.get(touch.id, ""))


def _texts(workspace_id: int, touches: list[Touch]) -> dict[int, PersonalText]:
    ids = [touch.id for touch in touches]
    found = PersonalText.objects.of(workspace_id).filter(
        touch_id__in=ids, kind__in=("said", "note", "visit")
    )
    return {text.touch_id: text for text in found if text.touch_id is not None}


def _about(workspace_id: int, touches: list[Touch]) -> dict[int, str]:
    """Ask the rooms what the touches were about, once a kind."""
    refs: dict[TouchKind, dict[int, list[int]]] = {}
    for touch in touches:
        kind = TouchKind(touch.kind)
        if touch.ref is not None and kind in registry.describers:
            refs.setdefault(kind, {}).setdefault(touch.ref, []).append(touch.id)
    said: dict[int, str] = {}
    for kind, by_ref in refs.items():
        for ref, text in registry.describers[kind](workspace_id, list(by_ref)).items():
            said.update(dict.fromkeys(by_ref.get(ref, []), text))
    return said


def _event(touch: Touch, clock: ZoneInfo, text: PersonalText | None, about: str) -> Event:
    kind = TouchKind(touch.kind)
    common: dict[str, Any] = {
        "id": touch.id,
        "lead_id": touch.lead_id,
        "at": touch.happened_at.astimezone(clock),
        "via": f"Campaign {touch.campaign.name}" if touch.campaign else "",
    }
    what = f"{kind.label}: {about}" if about else kind.label
    if touch.by_machine or kind in (TouchKind.LIST_ENTRY, TouchKind.HELD_BACK):
        return Event(machine=True, did=what, **common)
    theirs = kind.direction is Direction.IN
    name = touch.contact.name if touch.contact else "The prospect"
    return Event(
        machine=False,
        who=name if theirs else (touch.member.name if touch.member else "Leadfarm"),
        them=theirs,
        direction={Direction.IN: "in", Direction.OUT: "out"}.get(kind.direction, ""),
        did=_did(what, touch),
        tag=Disposition(touch.disposition).label if touch.disposition else "",
        said=text.body if text else "",
        note_id=text.id if text and text.kind == "note" else None,
        **common,
    )


def _did(what: str, touch: Touch) -> str:
    lowered = what[:1].lower() + what[1:]
    return f"{lowered}, {touch.minutes} min" if touch.minutes else lowered


def _chapters(events: list[Event]) -> list[Chapter]:
    months = groupby(events, key=lambda event: (event.at.year, event.at.month))
    return [
        Chapter(f"{next_month[0].at:%B %Y}", _folded(next_month))
        for next_month in (list(group) for _, group in months)
    ]


def _folded(events: Iterable[Event]) -> list[Event | Run]:
    items: list[Event | Run] = []
    for machine, group in groupby(events, key=lambda event: event.machine):
        run = list(group)
        if machine and len(run) >= FOLD_FROM:
            items.append(Run(_summary(run), run))
        else:
            items.extend(run)
    return items


def _summary(run: list[Event]) -> str:
    first, last = run[-1].at, run[0].at
    if first.date() == last.date():
        return f"{len(run)} automatic touches, {last:%-d %b}"
    return f"{len(run)} automatic touches, {first:%-d %b} to {last:%-d %b}"
