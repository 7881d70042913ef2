"""Moves along the stages. The table in rules/stages.py says what may; the UPDATE is its guard."""

from datetime import datetime

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.stepping import NextStep
from leadfarm.leads.models import Lead, StageChange, Standing, Task
from leadfarm.rules.codes import Side
from leadfarm.rules.stages import Stage, is_open, sources_of, why_not


class StageHasMoved(LeadfarmError):
    """Someone else moved the lead first, or the graph has no such way."""


def move(
    lead: Lead,
    *,
    to: Stage,
    by: Actor,
    because: str,
    now: datetime,
    next_step: NextStep | None = None,
    whose_move: Side | None = None,
    closing: dict[str, object] | None = None,
) -> StageChange:
    """Move the lead, set its next step in the same statement, and keep the change for good.

    Returns the stage change. Raises StageHasMoved, with the way out in words, when the lead is
    not (or no longer) at a stage from which `to` can be reached.
    """
    mine = Standing.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    before = mine.select_for_update().values_list("stage", flat=True).get()
    refused = why_not(Stage(before), to)
    if refused:
        raise StageHasMoved(refused)
    columns: dict[str, object] = {"stage": to, "stage_since": now, **_next(to, next_step)}
    columns["whose_move"] = whose_move or (next_step.side if next_step else to.move)
    columns.update(closing or NOT_ASLEEP)
    mine.filter(stage__in=sources_of(to)).update(**columns)
    return _keep(lead, before, to, by=by, because=because, now=now)


def _keep(
    lead: Lead, before: int, to: Stage, *, by: Actor, because: str, now: datetime
) -> StageChange:
    """Append the change to the history."""
    return StageChange.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        from_stage=before,
        to_stage=to,
        happened_at=now,
        known_at=now,
        recorded_at=now,
        actor_kind=by.kind,
        member_id=by.member_id,
        because=because[:200],
    )


NOT_ASLEEP: dict[str, object] = {"recheck_rule": None, "recheck_on": None, "closed_because": ""}
NO_STEP: dict[str, object] = {
    "next_kind": None,
    "next_side": None,
    "next_owner_id": None,
    "next_why": "",
    "next_at": None,
    "task_id": None,
    "enrolment_id": None,
}


def _next(to: Stage, step: NextStep | None) -> dict[str, object]:
    if step is not None:
        return step.columns()
    if is_open(to):
        raise LeadfarmError(f"A lead at {to.label} needs a next step: what, whose, when and why.")
    return NO_STEP


def change_owner(lead: Lead, side: Side, member_id: int | None) -> None:
    """Give one side's part of the lead to another member; the other sides keep theirs.

    The next step and open tasks of that side go with it.
    """
    column = {
        Side.MARKETING: "marketing_owner_id",
        Side.PD: "pd_owner_id",
        Side.SALES: "sales_owner_id",
    }[side]
    before = getattr(lead, column)
    Lead.objects.of(lead.workspace_id).filter(id=lead.id).update(**{column: member_id})
    setattr(lead, column, member_id)
    Task.objects.of(lead.workspace_id).filter(
        lead_id=lead.id, side=side, owner_id=before, done_at=None, cancelled_at=None
    ).update(owner_id=member_id)
    Standing.objects.of(lead.workspace_id).filter(
        lead_id=lead.id, next_side=side, next_owner_id=before
    ).update(next_owner_id=member_id)
