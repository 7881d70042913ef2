"""Touches: what happened between a contact and us goes on the timeline, and warms the lead."""

from datetime import datetime, timedelta

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.leads.models import Lead, PersonalText, Standing, Touch
from leadfarm.rules import heat as heats
from leadfarm.rules.codes import Direction, Disposition, TouchKind

MACHINES = frozenset({"program", "import", "schedule", "api"})


def record_touch(
    lead: Lead,
    kind: TouchKind,
    *,
    happened_at: datetime,
    now: datetime,
    actor: Actor,
    known_at: datetime | None = None,
    by_machine: bool | None = None,
    disposition: Disposition | None = None,
    contact_id: int | None = None,
    campaign_id: int | None = None,
    ref: int | None = None,
    minutes: int | None = None,
    said: str = "",
) -> Touch:
    """Append a touch and return it; a human inbound one, or a talk, adds its points to the heat.

    `said` is kept apart as personal text. `by_machine` follows the actor unless it is told.
    """
    machine = actor.kind in MACHINES if by_machine is None else by_machine
    heat_after = None if machine else _warm(lead, kind, disposition, happened_at)
    touch = Touch.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        contact_id=contact_id or lead.contact_id,
        kind=kind,
        direction=kind.direction,
        disposition=disposition,
        by_machine=machine,
        happened_at=happened_at,
        known_at=min(known_at or now, now),
        recorded_at=now,
        member_id=actor.member_id,
        campaign_id=campaign_id,
        ref=ref,
        minutes=minutes,
        heat_after=heat_after,
    )
    if said.strip():
        keep_text(touch, "said", said, now=now, author_id=actor.member_id)
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
    standing = Standing.objects.of(lead.workspace_id).select_for_update().get(lead_id=lead.id)
    points = points_of(kind, disposition)
    if points <= 0:
        return standing.heat
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
