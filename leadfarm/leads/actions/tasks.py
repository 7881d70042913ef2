"""Human steps: made, done with a disposition, put off, given to a colleague."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from leadfarm.access.actors import Actor
from leadfarm.access.walls import WalledQuerySet
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.following import follow_disposition
from leadfarm.leads.actions.stepping import NextStep, next_from_open_work, point_to, set_next
from leadfarm.leads.actions.touching import record_touch
from leadfarm.leads.models import Lead, Standing, Task, Touch
from leadfarm.rules.codes import Disposition, NextKind, Side, TaskKind, TouchKind
from leadfarm.rules.stages import Stage, is_open


class TaskIsClosed(LeadfarmError):
    """Somebody was first: the task is done or cancelled already."""


@dataclass(frozen=True)
class Outcome:
    """How a human step went."""

    disposition: Disposition | None = None
    said: str = ""
    agreed_at: datetime | None = None
    minutes: int | None = None


TOUCH_OF: dict[TaskKind, TouchKind] = {
    TaskKind.GREET: TouchKind.CALL,
    TaskKind.CHECK_IN: TouchKind.CALL,
    TaskKind.QUALIFY: TouchKind.CALL,
    TaskKind.CALL: TouchKind.CALL,
    TaskKind.MAIL: TouchKind.MAIL_BY_HAND,
}


class Details(TypedDict, total=False):
    """What a task may carry besides who is to do what by when."""

    owner_id: int | None
    team_id: int | None
    script: str
    attempt: int
    enrolment_id: int | None
    step_key: str


def make_task(
    lead: Lead,
    kind: TaskKind,
    *,
    side: Side,
    why: str,
    due_at: datetime,
    now: datetime,
    is_next: bool = True,
    **details: Unpack[Details],
) -> Task:
    """Make a task for a lead and return it; it becomes the lead's next step unless told not to."""
    task = Task(workspace_id=lead.workspace_id, lead_id=lead.id, kind=kind, side=side, **details)
    task.why, task.made_at, task.due_at = why[:200], now, due_at
    task.save(force_insert=True)
    if is_next:
        set_next(lead, point_to(task))
    return task


def complete_task(task: Task, outcome: Outcome, *, by: Actor, now: datetime) -> Touch | None:
    """Close a task, put the talk on the timeline, and set what follows from its disposition.

    Returns the touch, or None for work nobody else sees (research, review). A task of a program
    is handed back to it: the tree branches on the disposition. Raises TaskIsClosed when somebody
    was first, LeadfarmError when the disposition or its date is missing.
    """
    check_outcome(TaskKind(task.kind), outcome)
    lead = Lead.objects.of(task.workspace_id).select_related(None).get(id=task.lead_id)
    _close(task, outcome, by=by, now=now)
    touch = _record(task, lead, outcome, by=by, now=now)
    standing = Standing.objects.of(lead.workspace_id).get(lead_id=lead.id)
    if not is_open(Stage(standing.stage)):
        return touch
    if outcome.disposition is None:
        if standing.task_id == task.id:
            set_next(lead, _after_work(task, lead, now))
        return touch
    follow_disposition(task, lead, outcome.disposition, outcome.agreed_at, by=by, now=now)
    return touch


def _after_work(task: Task, lead: Lead, now: datetime) -> NextStep:
    """Return what follows work without a talk: its program goes on, or what else is open."""
    if task.enrolment_id is None:
        return next_from_open_work(lead, now=now, otherwise=Side(task.side))
    return NextStep(
        kind=NextKind.ENROLMENT,
        side=Side.MARKETING,
        why=f"The program goes on after: {task.why}",
        owner_id=lead.marketing_owner_id,
        enrolment_id=task.enrolment_id,
    )


def check_outcome(kind: TaskKind, outcome: Outcome) -> None:
    """Raise LeadfarmError when a talk has no disposition, or its disposition lacks a date."""
    if kind.needs_disposition and outcome.disposition is None:
        raise LeadfarmError(f"Say how it went: a {kind.label} closes with a disposition.")
    if outcome.disposition and outcome.disposition.needs_date and outcome.agreed_at is None:
        raise LeadfarmError(f"{outcome.disposition.label}: give the date and time you agreed on.")


def _close(task: Task, outcome: Outcome, *, by: Actor, now: datetime) -> None:
    closed = open_tasks(task.workspace_id, id=task.id).update(
        done_at=now,
        done_by_id=by.member_id,
        disposition=outcome.disposition,
        agreed_on=outcome.agreed_at,
    )
    if not closed:
        raise TaskIsClosed("This task is closed already.", "Open the lead to see what came of it.")


def _record(task: Task, lead: Lead, outcome: Outcome, *, by: Actor, now: datetime) -> Touch | None:
    kind = TOUCH_OF.get(TaskKind(task.kind))
    if kind is None and not outcome.said.strip():
        return None
    touch = record_touch(
        lead,
        kind or TouchKind.NOTE,
        happened_at=now,
        now=now,
        actor=by,
        disposition=outcome.disposition,
        minutes=outcome.minutes,
        ref=task.id,
        said=outcome.said,
    )
    Task.objects.of(task.workspace_id).filter(id=task.id).update(touch_id=touch.id)
    return touch


def open_tasks(workspace_id: int, **where: object) -> WalledQuerySet[Task]:
    """Return the tasks still to do, narrowed by `where`."""
    return Task.objects.of(workspace_id).filter(done_at=None, cancelled_at=None, **where)


def cancel_tasks(lead: Lead, *, now: datetime, keep: int | None = None) -> int:
    """Cancel the lead's open tasks but `keep`; return how many."""
    tasks = open_tasks(lead.workspace_id, lead_id=lead.id)
    if keep is not None:
        tasks = tasks.exclude(id=keep)
    return tasks.update(cancelled_at=now)


def reopen_cancelled(lead: Lead, *, cancelled_at: datetime) -> list[Task]:
    """Open the lead's tasks again that were cancelled at this moment; return them by due time.

    What belonged to a program or to a colleague who has left stays cancelled.
    """
    tasks = Task.objects.of(lead.workspace_id).filter(
        lead_id=lead.id, cancelled_at=cancelled_at, enrolment_id=None, owner__left_at=None
    )
    ids = [task.id for task in tasks]
    again = Task.objects.of(lead.workspace_id).filter(id__in=ids)
    again.filter(cancelled_at=cancelled_at).update(cancelled_at=None)
    return list(again.order_by("due_at", "id"))


def snooze(task: Task, until: datetime) -> None:
    """Hide the task until then; it stays due when it was."""
    _change(task, not_before=until)


def reschedule(task: Task, due_at: datetime) -> None:
    """Give the task another due time; the lead's next step follows it."""
    _change(task, due_at=due_at, not_before=None)
    _standing_of(task).update(next_at=due_at)


def reassign(task: Task, owner_id: int) -> None:
    """Give the task to a colleague; the lead keeps its owners."""
    _change(task, owner_id=owner_id)
    _standing_of(task).update(next_owner_id=owner_id)


def _change(task: Task, **columns: object) -> None:
    if not open_tasks(task.workspace_id, id=task.id).update(**columns):
        raise TaskIsClosed("This task is closed already.", "Open the lead to see what came of it.")


def _standing_of(task: Task) -> WalledQuerySet[Standing]:
    return Standing.objects.of(task.workspace_id).filter(
        lead_id=task.lead_id, next_kind=NextKind.TASK, task_id=task.id
    )
