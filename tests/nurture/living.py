"""Letting programs live: a virtual clock from one due instant to the next, and what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Min

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import (
    Outcome,
    complete_task,
    put_to_sleep,
    record_touch,
)
from leadfarm.leads.actions.tasks import open_tasks
from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.nurture.actions import publish, use_ready_made
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program
from leadfarm.nurture.ticks import sweep, tick
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import (
    Disposition,
    DormantReason,
    NextKind,
    RecheckRule,
    Side,
    TaskKind,
    TouchKind,
)
from leadfarm.rules.programs import READY_MADE
from leadfarm.rules.stages import Stage
from tests.nurture.checking import stranded
from tests.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Answers = Callable[[Task, datetime], Disposition | None]


def runs(world: World, slug: str) -> Program:
    """Take a ready-made program and publish it."""
    by = Actor.of(world.mei)
    program = use_ready_made(world.workspace.id, READY_MADE[slug], world.now, by)
    publish(program, by=by, now=world.now)
    return program


def live(world: World, days: int, answers: Answers, most: int = 21) -> None:
    """Let so many days pass from `world.now`, from each instant something is due to the next.

    Everybody does what is due and answers as `answers` says; None leaves the task undone. At most
    `most` days pass unseen.
    """
    at = swept = world.now
    while at < world.now + days * DAY:
        if at == world.now or at - swept >= 3 * DAY:
            sweep(world.workspace.id, at)
            swept = at
        tick(world.workspace.id, at)
        assert stranded(world.workspace.id) == []
        left = []
        for task in open_tasks(world.workspace.id).filter(due_at__lte=at):
            said = answers(task, at)
            if said is None:
                left.append(task.id)
                continue
            needs = TaskKind(task.kind).needs_disposition
            agreed = at + 9 * DAY if said.needs_date else None
            outcome = Outcome(said if needs else None, agreed_at=agreed if needs else None)
            complete_task(task, outcome, by=Actor.of(world.tomas), now=at)
        at = _next(world, at, left, most * DAY)


def _next(world: World, at: datetime, left: list[int], most: timedelta) -> datetime:
    """Return when something is due next: an hour later at least."""
    due = open_tasks(world.workspace.id).exclude(id__in=left).aggregate(at=Min("due_at"))["at"]
    waking = Enrolment.objects.of(world.workspace).filter(state=EnrolmentState.ACTIVE)
    wake = waking.aggregate(at=Min("wake_at"))["at"]
    soonest = min((one for one in (due, wake) if one), default=at + most)
    return min(max(soonest + timedelta(minutes=1), at + HOUR), at + most)


def always(disposition: Disposition | None) -> Answers:
    return lambda _task, _at: disposition


def helped(task: Task, _at: datetime) -> Disposition | None:
    """They want help now; what follows from that is not our story."""
    return None if task.kind == TaskKind.QUALIFY else Disposition.HELP_NOW


def calendar(world: World, lead: Lead) -> list[tuple[int, str]]:
    """Return what the lead got: on which day which message was planned, which task was made."""
    told = "template_version__template__name"
    sent = Message.objects.of(world.workspace).filter(lead_id=lead.id)
    rows = [(at, name) for at, name in sent.values_list("planned_at", told)]
    tasks = Task.objects.of(world.workspace).filter(lead_id=lead.id)
    rows += list(tasks.values_list("made_at", "step_key"))
    return [((at - world.now).days, name) for at, name in sorted(rows)]


def told(world: World, lead: Lead) -> list[str]:
    """Return the messages and the steps of programs the lead got, in order."""
    return [name for day, name in calendar(world, lead) if name and day >= 0]


def ends(lead: Lead) -> list[tuple[str, int]]:
    """Return where the lead left its programs: the step, and the state."""
    gone = Enrolment.objects.of(lead.workspace_id).filter(lead_id=lead.id, ended_at__isnull=False)
    return list(gone.order_by("id").values_list("node__key", "state"))


def nurtured(world: World, name: str, days_ago: int = 90) -> Lead:
    """Return a lead that came in long ago and waits in nurture for marketing."""
    lead = world.captures(name, at=world.now - days_ago * DAY)
    mine = Standing.objects.of(world.workspace).filter(lead_id=lead.id)
    Task.objects.of(world.workspace).filter(lead_id=lead.id).update(cancelled_at=world.now)
    mine.update(
        stage=Stage.NURTURING, next_kind=NextKind.REVIEW, next_side=Side.MARKETING,
        whose_move=Side.MARKETING, next_at=world.now + 60 * DAY, next_why="Not now",
        task_id=None, next_owner=None,
    )  # fmt: skip
    return lead


def rest(world: World, lead: Lead, months: int) -> None:
    """Let the lead rest for so many months."""
    put_to_sleep(
        lead, to=Stage.DORMANT, reason=DormantReason.NO_RESPONSE, rule=RecheckRule.AFTER_MONTHS,
        months=months, by=Actor.of(world.ana), now=world.now,
    )  # fmt: skip


def heard(lead: Lead, kind: TouchKind, at: datetime) -> None:
    """Let something come from the contact."""
    record_touch(lead, kind, happened_at=at, now=at, actor=Actor("simulation"))
