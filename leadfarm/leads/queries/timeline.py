"""The timeline: newest first, people apart from machines, machine runs folded (UX 5, S4-13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from leadfarm.leads.models import Lead, PersonalText, Touch
from leadfarm.leads.panels import registry
from leadfarm.rules.codes import Direction, Disposition, TouchKind

PAGE = 60
FOLD_FROM = 3


@dataclass(frozen=True)
class Shown:
    """Which touches the page was asked for; empty means all."""

    who: str = ""  # "people" or "machines"
    kind: TouchKind | None = None
    before: int | None = None


@dataclass(frozen=True)
class Event:
    """One touch as the timeline draws it."""

    id: int
    at: datetime
    machine: bool
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


def timeline_of(lead: Lead, shown: Shown) -> Timeline:
    """Return the page of touches asked for, in four queries whatever their number."""
    touches = Touch.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    machines = touches.filter(by_machine=True).count()
    people = touches.filter(by_machine=False).count()
    page = list(_page(touches, shown))
    older = page[PAGE - 1].id if len(page) > PAGE else None
    events = list(_events(lead, page[:PAGE]))
    return Timeline(_chapters(events), people, machines, older)


def _page(touches: QuerySet[Touch], shown: Shown) -> QuerySet[Touch]:
    if shown.who:
        touches = touches.filter(by_machine=shown.who == "machines")
    if shown.kind is not None:
        touches = touches.filter(kind=shown.kind)
    if shown.before is not None:
        last = touches.filter(id=shown.before).values_list("happened_at", flat=True).first()
        if last is not None:
            touches = touches.filter(happened_at__lte=last).exclude(id__gte=shown.before)
    order = ("-happened_at", "-id")
    return touches.select_related("member", "contact", "campaign").order_by(*order)[: PAGE + 1]


def _events(lead: Lead, touches: list[Touch]) -> Iterator[Event]:
    texts = _texts(lead, touches)
    about = _about(lead.workspace_id, touches)
    for touch in touches:
        yield _event(touch, texts.get(touch.id), about.get(touch.id, ""))


def _texts(lead: Lead, touches: list[Touch]) -> dict[int, PersonalText]:
    ids = [touch.id for touch in touches]
    found = PersonalText.objects.of(lead.workspace_id).filter(
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


def _event(touch: Touch, text: PersonalText | None, about: str) -> Event:
    kind = TouchKind(touch.kind)
    common: dict[str, Any] = {
        "id": touch.id,
        "at": touch.happened_at,
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
