"""What follows a disposition: the disposition alone routes the lead (S2-18)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadfarm.access.actors import Actor
from leadfarm.access.models import Workspace
from leadfarm.leads.actions.moving import move
from leadfarm.leads.actions.stepping import (
    NextStep,
    owner_of,
    plan_review,
    point_to,
    set_next,
    side_for,
)
from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.rules.business_time import BusinessHours, add_working_days, due
from leadfarm.rules.codes import Disposition, Follow, NextKind, Side, TaskKind
from leadfarm.rules.stages import Stage

ATTEMPTS = 6
WORKING_DAYS_BETWEEN_ATTEMPTS = 2
NURTURE_DAYS = 45
_AGREED_ON = "Not now: asked to hear from us on {:%-d %B %Y}"


@dataclass(frozen=True)
class Talk:
    """A finished task and what it came to: what every consequence is handed."""

    task: Task
    lead: Lead
    disposition: Disposition
    agreed_at: datetime | None
    by: Actor
    now: datetime
    hours: BusinessHours


def follow_disposition(
    task: Task,
    lead: Lead,
    disposition: Disposition,
    agreed_at: datetime | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Set the next step and whose move it is. A program's task goes back to the program.

    Another attempt or an agreed date is the same step again, in or out of a program.
    """
    hours = office_hours(lead.workspace_id)
    talk = Talk(task, lead, disposition, agreed_at, by, now, hours)
    again = disposition.follow in AGAIN and not _used_up(talk)
    if task.enrolment_id is not None and not again:
        if disposition.follow is Follow.NURTURE and agreed_at is not None:
            _agree(talk, agreed_at)
        _hand_back(talk)
        return
    step = CONSEQUENCES[disposition.follow](talk)
    stage = Stage(Standing.objects.of(lead.workspace_id).get(lead_id=lead.id).stage)
    if disposition.follow is Follow.NURTURE and stage in (Stage.RAW, Stage.INQUIRY):
        move(lead, to=Stage.NURTURING, by=by, because=disposition.label, now=now, next_step=step)
        return
    set_next(lead, step)


def office_hours(workspace_id: int) -> BusinessHours:
    """Return the working hours of a workspace, in its time zone."""
    return hours_of(Workspace.objects.get(id=workspace_id))


def hours_of(workspace: Workspace) -> BusinessHours:
    """Return the working hours of a workspace that has been read already."""
    return BusinessHours(
        zone=ZoneInfo(workspace.time_zone),
        opens=clock_of(workspace.working_from),
        closes=clock_of(workspace.working_until),
    )


def clock_of(value: time | str) -> time:
    """Return a time; a row just made still holds the default as text."""
    return value if isinstance(value, time) else time.fromisoformat(value)


def _used_up(talk: Talk) -> bool:
    return talk.disposition.follow is Follow.RETRY and talk.task.attempt >= ATTEMPTS


def _hand_back(talk: Talk) -> None:
    """Let the program decide: its tick finds the finished task within seconds."""
    move_to = talk.disposition.move or Side.MARKETING
    step = NextStep(
        kind=NextKind.ENROLMENT,
        side=move_to,
        why=f"The program goes on after: {talk.disposition.label}",
        owner_id=owner_of(talk.lead, move_to),
        enrolment_id=talk.task.enrolment_id,
    )
    set_next(talk.lead, step)


def _task(talk: Talk, kind: TaskKind, side: Side, due_at: datetime, why: str) -> NextStep:
    side = side_for(kind, side)
    same = kind == talk.task.kind and side == talk.task.side
    task = Task.objects.create(
        workspace_id=talk.lead.workspace_id,
        lead_id=talk.lead.id,
        kind=kind,
        side=side,
        owner_id=talk.task.owner_id if same else owner_of(talk.lead, side),
        team_id=talk.task.team_id if same else None,
        why=why[:200],
        script=talk.task.script if same else "",
        made_at=talk.now,
        due_at=due_at,
        attempt=talk.task.attempt + 1 if same else 1,
        enrolment_id=talk.task.enrolment_id if same else None,
        step_key=talk.task.step_key if same else "",
    )
    if same and talk.task.enrolment_id is not None:
        mine = Task.objects.of(talk.lead.workspace_id).filter(id=talk.task.id)
        mine.update(handed_on_at=talk.now)
    return point_to(task)


def _fast_track(talk: Talk) -> NextStep:
    at = due(talk.now, TaskKind.QUALIFY.due_hours, talk.hours)
    return _task(talk, TaskKind.QUALIFY, Side.PD, at, "Wants help now: qualify today")


def _agree(talk: Talk, at: datetime) -> Task:
    """Keep the date they named as a check-in; a program may go on beside it until then (S0-5)."""
    side = Side(talk.task.side)
    same = talk.task.owner_id if talk.task.owner_id else owner_of(talk.lead, side)
    return Task.objects.create(
        workspace_id=talk.lead.workspace_id,
        lead_id=talk.lead.id,
        kind=TaskKind.CHECK_IN,
        side=side,
        owner_id=same,
        why=_AGREED_ON.format(at),
        made_at=talk.now,
        due_at=at,
        attempt=1,
    )


def _nurture(talk: Talk) -> NextStep:
    if talk.agreed_at is not None:
        return point_to(_agree(talk, talk.agreed_at))
    at = talk.now + timedelta(days=NURTURE_DAYS)
    owner = talk.lead.marketing_owner_id
    return plan_review(Side.MARKETING, at, "Not now: messages first, then a check-in", owner)


def _review(talk: Talk) -> NextStep:
    at = due(talk.now, TaskKind.REVIEW.due_hours, talk.hours)
    why = f"{talk.disposition.label}: disqualify with a reason, or recycle"
    return _task(talk, TaskKind.REVIEW, Side.PD, at, why)


def _on_date(talk: Talk) -> NextStep:
    kind = TaskKind(talk.task.kind)
    at = talk.agreed_at or add_working_days(talk.now, 1, talk.hours)
    return _task(talk, kind, Side(talk.task.side), at, f"{talk.disposition.label}: as agreed")


def _retry(talk: Talk) -> NextStep:
    if _used_up(talk):
        at = due(talk.now, TaskKind.REVIEW.due_hours, talk.hours)
        why = f"Not reached in {ATTEMPTS} attempts: let it rest, or recycle"
        return _task(talk, TaskKind.REVIEW, Side.PD, at, why)
    at = add_working_days(talk.now, WORKING_DAYS_BETWEEN_ATTEMPTS, talk.hours)
    attempt = talk.task.attempt + 1
    why = f"{talk.disposition.label}: attempt {attempt} of {ATTEMPTS}"
    return _task(talk, TaskKind(talk.task.kind), Side(talk.task.side), at, why)


def _research(talk: Talk) -> NextStep:
    at = due(talk.now, TaskKind.RESEARCH.due_hours, talk.hours)
    why = f"{talk.disposition.label}: find the right number or person"
    return _task(talk, TaskKind.RESEARCH, Side.PD, at, why)


def _no_calls(talk: Talk) -> NextStep:
    at = talk.now + timedelta(days=NURTURE_DAYS)
    owner = talk.lead.marketing_owner_id
    return plan_review(Side.MARKETING, at, "Asked not to be called: mail only", owner)


AGAIN = frozenset({Follow.TASK_ON_DATE, Follow.RETRY, Follow.MEETING})
CONSEQUENCES: dict[Follow, Callable[[Talk], NextStep]] = {
    Follow.FAST_TRACK: _fast_track,
    Follow.NURTURE: _nurture,
    Follow.REVIEW: _review,
    Follow.TASK_ON_DATE: _on_date,
    Follow.MEETING: _on_date,
    Follow.RETRY: _retry,
    Follow.RESEARCH: _research,
    Follow.NO_CALLS: _no_calls,
}
