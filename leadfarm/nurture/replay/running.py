"""The replay itself: from one instant to the next, by the statements that run every second."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.walls import within
from leadfarm.leads.actions.following import office_hours
from leadfarm.nurture.actions.publishing import write_version
from leadfarm.nurture.models import Program, ProgramVersion
from leadfarm.nurture.replay.answering import Answers
from leadfarm.nurture.replay.asking import Cast, Question, cast_of
from leadfarm.nurture.replay.feeding import AFTER, BEFORE, TURN, Feed, Happened, recorded
from leadfarm.nurture.replay.outcome import Outcome, outcome_of
from leadfarm.nurture.replay.shadows import Shadows, write_nowhere
from leadfarm.nurture.statements import run, text
from leadfarm.nurture.ticks import Counts, advance
from leadfarm.nurture.ticks.entering import starts
from leadfarm.nurture.ticks.plans import Round, goal_of, steps_of
from leadfarm.nurture.ticks.streaming import EVER, leavers
from leadfarm.nurture.ticks.walking import begun

MOST_ROUNDS = 400
A_MOMENT = timedelta(seconds=1)
# A program that runs has had its turn within a day: what is due by then and was not done is missed.
SURELY_DONE = timedelta(days=1)
# Only what was really so: a draft would have been answered, cancelled and moved otherwise.
OF_WHAT_WAS = frozenset({"attempt", "cancelled", "renewed", "newer"})
# After which a draft may have something to do.
STIRS = frozenset({"touch", "entered", "stage", "taken-over"})
GoesOn = Callable[[datetime], bool]


def replay(question: Question, goes_on: GoesOn = lambda _at: True) -> Outcome:
    """Live through the period again and return what came of it; no row of it stays.

    The versions that were in force have their turn at the instants at which they really had it, so
    what they do can be compared with what they did; a draft has its turn whenever something is due.
    `goes_on` is told the clock of the replay and may stop it. FaultyProgram for a draft that
    cannot be published.
    """
    with within(question.workspace), transaction.atomic():
        outcome = _Replay(question, goes_on).outcome()
        transaction.set_rollback(True)
    return outcome


@dataclass
class _Replay:
    question: Question
    goes_on: GoesOn
    cast: Cast = field(init=False)
    feed: Feed = field(init=False)
    round: Round = field(init=False)
    weighed: bool = False

    def outcome(self) -> Outcome:
        """Hide the tables, live, and look at what lies in their shadows then."""
        question = self.question
        self.cast = cast_of(question)
        behind = list(recorded(question, self.cast))
        shadows = Shadows(question, self.cast)
        version = self._draft() if question.of_draft else None
        shadows.hide_the_rest()
        write_nowhere()
        self.feed = Feed(question, self.cast, shadows, _starts(question, version))
        self.round = self._round(version)
        live = _Drafted(self) if question.of_draft else _Lived(self)
        stopped = live.until_the_end(behind)
        return outcome_of(question, self.cast, shadows, stopped)

    def _draft(self) -> int:
        program = Program.objects.of(self.question.workspace).get(id=self.question.program.id)
        return write_version(program, by=SCHEDULE, now=self.question.begin).id

    def _round(self, version: int | None) -> Round:
        workspace = self.question.workspace
        mine = ProgramVersion.objects.of(workspace).filter(program_id=self.question.program.id)
        ids = [version] if version else sorted(mine.values_list("id", flat=True))
        steps = tuple(step for one in ids for step in steps_of(workspace.id, one))
        goals = tuple(goal for one in ids if (goal := goal_of(workspace.id, one))[1])
        return Round(workspace, self.cast.begin, office_hours(workspace.id), steps, goals)

    def weigh_once(self, at: datetime) -> None:
        """Once what is older than the replay lies there, let the planner know how much it is."""
        if not self.weighed and at >= self.cast.begin:
            self.feed.shadows.weigh()
            self.weighed = True

    def turn(self, at: datetime) -> None:
        """Let the program do what is due."""
        plan = replace(self.round, now=at)
        for _ in range(MOST_ROUNDS):
            if not advance(plan, Counts()):
                break


class _Lived:
    """What really ran: its turns are those on record, and people did what they did."""

    def __init__(self, run_of: _Replay) -> None:
        self.replay, self.question = run_of, run_of.question
        self.last = run_of.cast.begin

    def until_the_end(self, behind: Iterable[Happened]) -> datetime | None:
        """Live to the end of the period; return where it was stopped, or None."""
        at: datetime
        for at, group in groupby(behind, key=lambda each: each.at):
            if not self.replay.goes_on(at):
                return at
            self._instant(at, list(group))
        missed = self.question.until - SURELY_DONE
        if missed > self.last:
            self.replay.turn(missed)
        return None

    def _instant(self, at: datetime, all_of_it: list[Happened]) -> None:
        for each in all_of_it:
            if each.turn == BEFORE:
                self.replay.feed.take_in(each)
        self.replay.weigh_once(at)
        if any(each.kind == "turn" for each in all_of_it):
            self.replay.turn(at)
            self._know_again(at)
            self.last = at
        elif any(each.turn == TURN for each in all_of_it):
            self._swept(at, [id_ for each in all_of_it if each.kind == "swept" for id_ in each.ids])
        for each in all_of_it:
            if each.turn == AFTER:
                self.replay.feed.take_in(each)

    def _swept(self, at: datetime, swept: list[int]) -> None:
        """Let out of streams whom a sweep let out, and begin the waits just entered."""
        plan = replace(self.replay.round, now=at)
        if swept:
            leavers(plan, EVER if self._is_early(at, swept) else at)
        begun(plan.looked_up())

    def _is_early(self, at: datetime, enrolments: list[int]) -> bool:
        """Say whether one of them left a stream before its next piece was due: at a sweep."""
        found = self._ask(
            "SELECT 1 FROM nurture_enrolment WHERE workspace_id = %(workspace)s"
            " AND id = ANY(%(ids)s::bigint[]) AND state = 2 AND wake_at > %(now)s LIMIT 1",
            {"ids": enrolments, "now": at},
        )
        return bool(found)

    def _know_again(self, at: datetime) -> None:
        """Find for each task made now the one on record, to which people did something."""
        self._ask(self.replay.feed.named(text("replay_known")), {"now": at})

    def _ask(self, statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.replay.feed.values, **values})
            return list(cursor.fetchall())


class _Drafted:
    """A draft: it has its turn when something is due, and people answer as they answered."""

    def __init__(self, run_of: _Replay) -> None:
        self.replay, self.question = run_of, run_of.question
        feed = run_of.feed
        self.answers = Answers(self.question, feed.shadows)

    def until_the_end(self, behind: Iterable[Happened]) -> datetime | None:
        """Live to the end of the period; return where it was stopped, or None."""
        coming: Iterator[Happened] = (each for each in behind if self._is_so(each))
        next_one = next(coming, None)
        last, due = self.replay.cast.begin, None
        while True:
            wakes = None if due is None else max(due, last + A_MOMENT)
            soon = (next_one.at if next_one else None, wakes, self.answers.next_at)
            at = min((one for one in soon if one is not None), default=self.question.until)
            if at >= self.question.until:
                return None
            if not self.replay.goes_on(at):
                return at
            stirred = self.answers.give(at)
            while next_one is not None and next_one.at <= at:
                stirred |= self._take_in(next_one)
                next_one = next(coming, None)
            if stirred:
                due = self._due()
            if due is not None and due <= at:
                self.replay.weigh_once(at)
                self.replay.turn(at)
                self.answers.look(at)
                last, due = at, self._due()

    def _is_so(self, each: Happened) -> bool:
        return each.turn != TURN and each.kind not in OF_WHAT_WAS

    def _take_in(self, each: Happened) -> bool:
        """Let it have happened; say whether something may be due because of it."""
        self.replay.feed.take_in(each)
        if each.kind == "stage":
            told = {"ids": list(each.ids), "now": each.at}
            run(self.question.workspace.id, text("replay_let_go"), self.replay.feed.values | told)
        return each.kind in STIRS

    def _due(self) -> datetime | None:
        found: datetime | None
        ((found,),) = run(self.question.workspace.id, text("replay_due"), self.replay.feed.values)
        return found


def _starts(question: Question, version: int | None) -> dict[str, int | None]:
    if version is None:
        return {"draft": None, **dict.fromkeys(("first", "nurturing", "returning"))}
    return {"draft": version, **starts(question.workspace.id, version)}
