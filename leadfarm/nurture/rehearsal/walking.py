"""One persona walks a draft: the engine itself runs, in a transaction that is taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction

from leadfarm.access.actors import FORM, SCHEDULE, Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.leads.actions import Outcome, complete_task, record_touch
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.models import Task
from leadfarm.nurture.actions.publishing import write_version
from leadfarm.nurture.events import EVENTS
from leadfarm.nurture.models import Enrolment, Program
from leadfarm.nurture.rehearsal.casting import cast
from leadfarm.nurture.rehearsal.personas import Persona
from leadfarm.nurture.rehearsal.seeing import Happening, Watch
from leadfarm.nurture.ticks import Counts, advance, enrol
from leadfarm.nurture.ticks.plans import Round, goal_of, steps_of
from leadfarm.rules.codes import Disposition, TaskKind
from leadfarm.rules.programs import NodeKind

HORIZON = timedelta(days=1_100)
MOST_INSTANTS = 400
MOST_ROUNDS = 50
A_MOMENT = timedelta(minutes=1)
# People do their tasks a little before they are due.
EARLIER = timedelta(minutes=30)
Act = Callable[[datetime], Happening]


@dataclass(frozen=True)
class Course:
    """What a persona got and when; `ended_at` is None where it goes on for ever."""

    happenings: tuple[Happening, ...]
    began_at: datetime
    ended_at: datetime | None

    def count(self, kind: str) -> int:
        """Return how many happenings are of this kind: mail, task, held."""
        return sum(each.kind == kind for each in self.happenings)

    @property
    def days(self) -> int:
        """Return how many days it took, to its end or to the last thing that happened."""
        last = self.ended_at or (self.happenings[-1].at if self.happenings else self.began_at)
        return (last - self.began_at).days

    @property
    def longest_gap(self) -> int:
        """Return the most days in which we neither wrote nor called."""
        ours = [each.at for each in self.happenings if each.kind in ("mail", "talk")]
        marks = [self.began_at, *ours, *([self.ended_at] if self.ended_at else [])]
        return max((later - before).days for before, later in pairwise(marks))


def rehearse(
    program: Program, workspace: Workspace, persona: Persona, *, by: Member, now: datetime
) -> Course:
    """Let a persona walk the draft from now on, and return what happens; nothing of it stays.

    The engine itself runs, over a lead and a version that exist in this transaction alone, so
    consent, the quiet window and working hours count as they will. FaultyProgram for a draft that
    cannot be published.
    """
    with transaction.atomic():
        course = _Walk(program, workspace, persona, by, now).course()
        transaction.set_rollback(True)
    return course


class _Walk:
    def __init__(
        self, program: Program, workspace: Workspace, persona: Persona, by: Member, now: datetime
    ) -> None:
        self.persona, self.by, self.began = persona, Actor.of(by), now
        version = write_version(program, by=SCHEDULE, now=now)
        self.lead = cast(persona, by, now=now)
        self.watch = Watch(self.lead)
        entered = Program(id=program.id, workspace_id=workspace.id, name=program.name)
        entered.version_id = version.id
        enrol(entered, [self.lead.id], now)
        steps = steps_of(workspace.id, version.id)
        goals = tuple(goal for goal in (goal_of(workspace.id, version.id),) if goal[1])
        self.round = Round(workspace, now, office_hours(workspace.id), steps, goals)
        self.calls = 0

    def course(self) -> Course:
        """Live from one instant at which something is due to the next, to the end."""
        at, seen = self.began, list[Happening]()
        for _ in range(MOST_INSTANTS):
            self._run(at)
            seen += self.watch.news()
            enrolment = self._place()
            if enrolment.ended_at is not None:
                return Course((*seen, self.watch.end(enrolment)), self.began, enrolment.ended_at)
            at, act = self._next(enrolment, at)
            if at > self.began + HORIZON:
                break
            seen += [act(at)] if act else []
        return Course(tuple(seen), self.began, None)

    def _run(self, at: datetime) -> None:
        plan = replace(self.round, now=at)
        for _ in range(MOST_ROUNDS):
            if not advance(plan, Counts(), self.lead.id):
                break

    def _place(self) -> Enrolment:
        mine = Enrolment.objects.of(self.lead.workspace_id).select_related("node")
        return mine.get(lead_id=self.lead.id)

    def _next(self, enrolment: Enrolment, at: datetime) -> tuple[datetime, Act | None]:
        """Return when something happens next, and what the persona or a colleague does then."""
        wake = enrolment.wake_at or at + HORIZON
        if not enrolment.waiting:
            return max(wake, at + A_MOMENT), None
        if enrolment.node.kind == NodeKind.HUMAN:
            return self._call(enrolment, at, wake)
        after = self.persona.reacts_after
        if enrolment.node.kind == NodeKind.WAIT_FOR and after is not None and not enrolment.heard:
            soon = min(at + after, at + (wake - at) / 2)
            return soon, lambda then: self._react(enrolment, then)
        return max(wake, at + A_MOMENT), None

    def _call(
        self, enrolment: Enrolment, at: datetime, wake: datetime
    ) -> tuple[datetime, Act | None]:
        answer = self.persona.answer(self.calls)
        tasks = Task.objects.of(self.lead.workspace_id).filter(done_at=None, cancelled_at=None)
        task = tasks.filter(enrolment_id=enrolment.id).first()
        if answer is None or task is None:
            return max(wake, at + A_MOMENT), None
        then = max(at + A_MOMENT, task.due_at - EARLIER, task.not_before or at)
        return then, lambda when: self._talk(task, answer, when)

    def _talk(self, task: Task, answer: Disposition, at: datetime) -> Happening:
        self.calls += answer.connected
        by = Actor("member", task.owner_id) if task.owner_id else self.by
        complete_task(task, Outcome(answer), by=by, now=at)
        return Happening(at, "talk", f"{TaskKind(task.kind).label}: {answer.label}", task.why)

    def _react(self, enrolment: Enrolment, at: datetime) -> Happening:
        event = EVENTS[str(enrolment.node.settings["event"])]
        record_touch(self.lead, event.kinds[0], happened_at=at, now=at, actor=FORM)
        return Happening(at, "reaction", event.label, enrolment.node.label)
