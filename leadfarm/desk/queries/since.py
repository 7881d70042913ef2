"""What happened since the last talk, and what is still open: the context of a task (S2-19)."""

from dataclasses import dataclass
from datetime import datetime

from leadfarm.leads.models import Lead, Touch
from leadfarm.leads.panels import registry
from leadfarm.rules.codes import Direction, TouchKind

SENDS = (TouchKind.MAIL_SENT, TouchKind.MAIL_BY_HAND)
TALKS = (TouchKind.CALL, TouchKind.CALL_IN, TouchKind.MEETING)
SIGNS = {Direction.IN: "in", Direction.OUT: "out", Direction.INTERNAL: "wait"}


@dataclass(frozen=True)
class Point:
    """One line of the context."""

    icon: str
    text: str
    at: datetime
    faint: bool = False


@dataclass(frozen=True)
class Since:
    """What was sent and answered since the last human talk."""

    talk: datetime | None
    points: list[Point]


def since_last_talk(lead: Lead, limit: int = 12) -> Since:
    """Return the lead's context in three queries: human clicks only, held-back sends in grey."""
    touches = Touch.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    talk = (
        touches.filter(kind__in=TALKS, disposition__isnull=False)
        .order_by("-happened_at")
        .values_list("happened_at", flat=True)
        .first()
    )
    shown = touches.exclude(kind__in=TALKS).exclude(
        by_machine=True, kind__in=[TouchKind.MAIL_CLICKED, TouchKind.PAGE_VISIT]
    )
    if talk is not None:
        shown = shown.filter(happened_at__gt=talk)
    found = list(shown.order_by("-happened_at")[:limit])
    about = _about(lead.workspace_id, found)
    return Since(talk, [_point(touch, about) for touch in found])


def _about(workspace_id: int, touches: list[Touch]) -> dict[tuple[int, int], str]:
    said: dict[tuple[int, int], str] = {}
    for kind in {TouchKind(touch.kind) for touch in touches}:
        refs = [t.ref for t in touches if t.kind == kind and t.ref is not None]
        if refs and kind in registry.describers:
            texts = registry.describers[kind](workspace_id, refs)
            said.update({(int(kind), ref): text for ref, text in texts.items()})
    return said


def _point(touch: Touch, about: dict[tuple[int, int], str]) -> Point:
    kind = TouchKind(touch.kind)
    what = about.get((touch.kind, touch.ref or 0), "")
    text = f"{kind.label}: {what}" if what else kind.label
    held = kind is TouchKind.HELD_BACK
    return Point(SIGNS[kind.direction], text, touch.happened_at, faint=held)
