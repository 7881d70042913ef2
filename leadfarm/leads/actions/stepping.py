"""The one next step of a lead: what, whose, when and why (law 2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.rules.codes import NextKind, Side, TaskKind


@dataclass(frozen=True)
class NextStep:
    """What a lead waits for: a task, its place in a program, or a date to look at it again."""

    kind: NextKind
    side: Side
    why: str
    owner_id: int | None = None
    at: datetime | None = None
    task_id: int | None = None
    enrolment_id: int | None = None

    def columns(self) -> dict[str, object]:
        """Return the columns of the standing that say this step."""
        return {
            "next_kind": self.kind,
            "next_side": self.side,
            "next_owner_id": self.owner_id,
            "next_why": self.why[:200],
            "next_at": self.at,
            "task_id": self.task_id,
            "enrolment_id": self.enrolment_id,
        }


def point_to(task: Task) -> NextStep:
    """Return the next step that is this task."""
    return NextStep(
        kind=NextKind.TASK,
        side=Side(task.side),
        why=task.why,
        owner_id=task.owner_id,
        at=task.due_at,
        task_id=task.id,
    )


def plan_review(side: Side, at: datetime, why: str, owner_id: int | None = None) -> NextStep:
    """Return the next step of a lead that rests until somebody of this side looks again."""
    return NextStep(kind=NextKind.REVIEW, side=side, why=why, owner_id=owner_id, at=at)


def set_next(lead: Lead, step: NextStep, *, whose_move: Side | None = None) -> None:
    """Make this the lead's one next step; whose move follows the step unless said otherwise."""
    Standing.objects.of(lead.workspace_id).filter(lead_id=lead.id).update(
        whose_move=whose_move or step.side, **step.columns()
    )


def next_from_open_work(lead: Lead, *, now: datetime, otherwise: Side) -> NextStep:
    """Return the earliest open task as next step; without one, a review within a working week."""
    task = (
        Task.objects.of(lead.workspace_id)
        .filter(lead_id=lead.id, done_at=None, cancelled_at=None)
        .order_by("due_at", "id")
        .first()
    )
    if task is not None:
        return point_to(task)
    owner = lead.marketing_owner_id if otherwise is Side.MARKETING else lead.pd_owner_id
    return plan_review(otherwise, now + timedelta(days=7), "Nothing is planned yet", owner)


def owner_of(lead: Lead, side: Side) -> int | None:
    """Return the member who owns the lead for this side, or None."""
    owners = {
        Side.MARKETING: lead.marketing_owner_id,
        Side.PD: lead.pd_owner_id,
        Side.SALES: lead.sales_owner_id,
    }
    return owners.get(side)


def side_for(kind: TaskKind, wanted: Side) -> Side:
    """Return who may do such a task before Sales-ready: sales only greets and checks in (S0-9)."""
    if wanted is Side.SALES and not kind.for_sales_before_ready:
        return Side.PD
    return wanted
