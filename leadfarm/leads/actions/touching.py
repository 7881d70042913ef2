"""Touches: what happened between a contact and us goes on the timeline, and warms the lead."""

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.leads.listeners import tell
from leadfarm.leads.models import Lead, PersonalText, Standing, Touch
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import Direction, Disposition, TouchKind

MACHINES = frozenset({"program", "import", "schedule", "api"})


class Details(TypedDict, total=False):
    """What a touch may carry besides its kind and time."""

    disposition: Disposition | None
    contact_id: int | None
    campaign_id: int | None
    ref: int | None
    minutes: int | None


def record_touch(
    lead: Lead,
    kind: TouchKind,
    *,
    happened_at: datetime,
    now: datetime,
    actor: Actor,
    known_at: datetime | None = None,
    by_machine: bool | None = None,
    said: str = "",
    **details: Unpack[Details],
) -> Touch:
    """Append a touch and return it; a human inbound one, or a talk, adds its points to the heat.

    `said` is kept apart as personal text. `by_machine` follows the actor unless it is told.
    """
    machine = actor.kind in MACHINES if by_machine is None else by_machine
    heat = None if machine else _warm(lead, kind, details.get("disposition"), happened_at)
    columns = {"contact_id": lead.contact_id, **{k: v for k, v in details.items() if v is not None}}
    touch = Touch(workspace_id=lead.workspace_id, lead_id=lead.id, kind=kind, **columns)
    touch.by_machine, touch.heat_after = machine, heat
    touch.happened_at, touch.recorded_at = happened_at, now
    touch.known_at, touch.member_id = min(known_at or now, now), actor.member_id
    touch.save(force_insert=True)
    if said.strip():
        keep_text(touch, "said", said, now=now, author_id=actor.member_id)
    tell(touch)
    return touch


def keep_text(
    touch: Touch, kind: str, body: str, *, now: datetime, author_id: int | None = None
) -> PersonalText:
    """Keep words that belong to a touch where erasure can reach them; return the row."""
    return PersonalText.objects.create(
        workspace_id=touch.workspace_id,
        kind=kind,
        lead_id=touch.lead_id,
        contact_id=touch.contact_id,
        touch_id=touch.id,
        author_id=author_id,
        body=body.strip(),
        written_at=now,
    )


def _warm(
    lead: Lead, kind: TouchKind, disposition: Disposition | None, at: datetime
) -> float | None:
    """Add the points of a human touch to the lead's heat; return the heat after it."""
    standings = Standing.objects.of(lead.workspace_id)
    points = points_of(kind, disposition)
    if points <= 0:
        return standings.values_list("heat", flat=True).get(lead_id=lead.id)
    standing = standings.select_for_update().get(lead_id=lead.id)
    if standing.unscored:
        return None
    half_life = timedelta(days=Workspace.objects.get(id=lead.workspace_id).half_life_days)
    after = heats.add(standing.heat, points, at, half_life)
    Standing.objects.of(lead.workspace_id).filter(lead_id=lead.id).update(heat=after)
    return after


def points_of(kind: TouchKind, disposition: Disposition | None) -> int:
    """Return the heat a touch gives: a call that reached the contact counts like a talk."""
    if kind is TouchKind.CALL and disposition is not None and disposition.connected:
        cold = disposition in (Disposition.NOT_INTERESTED, Disposition.DO_NOT_CALL)
        return 0 if cold else TouchKind.CALL_IN.heat
    return kind.heat if kind.direction is Direction.IN or kind is TouchKind.MEETING else 0
