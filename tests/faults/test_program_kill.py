"""SIGKILL of the worker at any instant while a program sends: nothing twice, nothing lost (law 7).

The worker moves programs and sends mail at the same time, while leads are let in. Most of those
killed are children of a warm process, because the real command takes seconds to start; every tenth
is the command itself.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q

from leadfarm.access.actors import SCHEDULE
from leadfarm.leads.models import Standing, Task, Touch
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.models import Enrolment, Program, StepLog
from leadfarm.nurture.ticks import enrol
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import NextKind, TouchKind
from tests.nurture.checking import stranded, twice_touched
from tests.outreach.conftest import Post, post
from tests.support.processes import started

__all__ = ["post"]
SEED = 20260302
COMMAND_EVERY = 10
IN_DOUBT_PER_KILL = 10
ON_THE_WAY = Q(state__in=[MessageState.PLANNED, MessageState.HELD, MessageState.LEASED])
TREE = {
    "goal": None,
    "nodes": [
        {"key": "message", "kind": "message", "label": "Message", "template": "First case"},
        {"key": "wait", "kind": "wait", "label": "Wait 30 days", "days": 30},
        {"key": "out", "kind": "exit", "label": "Out", "reason": "Done"},
    ],
}


@dataclass
class Siege:
    """A workspace whose program sends, and how its workers are killed."""

    post: Post
    program: Program
    chance: random.Random

    def let_in(self, count: int) -> None:
        """Let so many new leads into the program."""
        world = self.post.world
        with world.inside():
            leads = [world.captures().id for _ in range(count)]
            assert enrol(self.program, leads, world.now) == count

    def kill_the_command(self) -> None:
        """Start the real worker, and kill it once it sends."""
        with started("leadfarm", "worker") as process:
            self.wait_until(self.arrivals(self.chance.randint(1, 10)), 120)
            time.sleep(self.chance.uniform(0, 0.01))
            assert process.poll() is None, "the worker ended by itself"
            process.kill()

    def kill_a_child(self, nursery: subprocess.Popen[str]) -> None:
        """Start a warm worker, and kill it after some time, or some mails."""
        child = bring_forth(nursery)
        if self.chance.random() < 0.25:
            time.sleep(self.chance.uniform(0, 0.3))
        else:
            self.wait_until(self.arrivals(self.chance.randint(1, 20)), 10)
            time.sleep(self.chance.uniform(0, 0.006))
        bury(nursery, child)

    def finish(self, nursery: subprocess.Popen[str]) -> None:
        """Let a warm worker work until nothing is due."""
        child = bring_forth(nursery)
        self.wait_until(self.nothing_is_due, 120)
        bury(nursery, child)

    def arrivals(self, more: int) -> Callable[[], bool]:
        """Return what says whether so many more mails have arrived, or all that can."""
        enough = len(self.post.sink.received) + more
        return lambda: len(self.post.sink.received) >= enough

    def nothing_is_due(self) -> bool:
        """Say whether everybody has had their step, and every message its end."""
        workspace = self.post.world.workspace
        time.sleep(0.1)
        with self.post.world.inside():
            before = Enrolment.objects.of(workspace).filter(Q(steps=0) | Q(waiting=False))
            return not (
                before.exists() or Message.objects.of(workspace).filter(ON_THE_WAY).exists()
            )

    @staticmethod
    def wait_until(enough: Callable[[], bool], seconds: float) -> None:
        """Wait, at most so long: a worker that has nothing to do is killed as well."""
        late = time.monotonic() + seconds
        while not enough() and time.monotonic() < late:
            time.sleep(0.0005)


def bring_forth(nursery: subprocess.Popen[str]) -> int:
    """Return the process id of a new child that works."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write("go\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def bury(nursery: subprocess.Popen[str], child: int) -> None:
    """Kill the child; it must not have ended by itself."""
    assert nursery.stdout
    os.kill(child, signal.SIGKILL)
    assert nursery.stdout.readline() == f"ended by {signal.SIGKILL.value}\n"


@dataclass(frozen=True)
class Figures:
    """What is known at the end. A message is lost that is neither at the sink nor in doubt."""

    planned: int
    sent: int
    twice: int
    lost: int
    in_doubt: int
    in_doubt_that_arrived: int
    connections: int


def figures(post: Post) -> Figures:
    """Compare the ledger with the sink."""
    with post.world.inside():
        ledger = list(Message.objects.of(post.world.workspace))
    arrived = Counter(name.split("@")[0] for name in post.sink.ids())
    sent = {str(m.mail_key) for m in ledger if m.state == MessageState.SENT}
    doubt = {str(m.mail_key) for m in ledger if m.state == MessageState.IN_DOUBT}
    known = {str(m.mail_key) for m in ledger}
    return Figures(
        planned=len(ledger),
        sent=len(sent),
        twice=sum(1 for name, times in arrived.items() if name in known and times > 1),
        lost=len(known - doubt - arrived.keys()),
        in_doubt=len(doubt),
        in_doubt_that_arrived=len(doubt & arrived.keys()),
        connections=post.sink.connections,
    )


def everybody_took_one_step(post: Post, count: int) -> None:
    """Each lead: one enrolment, one step, one message, one touch if sent, one next step."""
    workspace = post.world.workspace
    with post.world.inside():
        enrolments = {one.id: one for one in Enrolment.objects.of(workspace).select_related("node")}
        places = {(one.steps, one.node.key, one.waiting) for one in enrolments.values()}
        log = list(StepLog.objects.of(workspace).values_list("enrolment_id", "number", "way"))
        messages = list(Message.objects.of(workspace))
        touches = Touch.objects.of(workspace).filter(kind=TouchKind.MAIL_SENT)
        said = Counter(touches.values_list("ref", flat=True))
        steps = Standing.objects.of(workspace).values_list("next_kind", "enrolment_id", "lead_id")
        standings = sorted(steps)
        tasks = Task.objects.of(workspace).filter(done_at=None, cancelled_at=None).count()
    assert len(enrolments) == count
    assert places == {(1, "wait", True)}, "every enrolment advanced exactly one step"
    assert sorted(log) == [(one, 1, "next") for one in sorted(enrolments)]
    assert sorted(m.enrolment_id or 0 for m in messages) == sorted(enrolments), "planned once"
    assert said == Counter(m.id for m in messages if m.state == MessageState.SENT)
    expected = [(NextKind.ENROLMENT, one.id, one.lead_id) for one in enrolments.values()]
    assert standings == sorted(expected), "one next step for every lead"
    assert tasks == 0, "no task beside the program"
    assert stranded(workspace.id) == []
    assert twice_touched(workspace.id, workspace.quiet_days) == []


@pytest.mark.parametrize(
    ("messages", "kills"), [(200, 10), pytest.param(2_000, 50, marks=pytest.mark.soak)]
)
def test_s2_9_a_worker_killed_while_a_program_sends_sends_nothing_twice_and_loses_nothing(
    post: Post, messages: int, kills: int
) -> None:
    began = time.monotonic()
    post.sink.pause = 0.002
    post.world.now = datetime.now(UTC) - timedelta(hours=1)  # the command has the real time
    with post.world.inside():
        program = make_program(post.world.workspace.id, "Siege", now=post.world.now, draft=TREE)
        publish(program, by=SCHEDULE, now=post.world.now)
    siege, in_the_middle = Siege(post, program, random.Random(SEED)), 0
    with started("tests.support.forked_worker", str(post.world.workspace.id)) as nursery:
        for number in range(kills):
            siege.let_in(messages // kills)
            if number % COMMAND_EVERY == 0:
                siege.kill_the_command()
            else:
                siege.kill_a_child(nursery)
            in_the_middle += not siege.nothing_is_due()
        siege.finish(nursery)
    found = figures(post)
    seconds = time.monotonic() - began
    sys.stdout.write(f"\n{messages} messages, {kills} kills, {seconds:.0f} s: {found}\n")
    assert in_the_middle > 0, "killed in the middle, not before or after"
    assert (found.planned, found.twice, found.lost) == (messages, 0, 0)
    assert found.sent + found.in_doubt == messages
    assert found.in_doubt <= min(found.connections, IN_DOUBT_PER_KILL * kills), "one each"
    everybody_took_one_step(post, messages)
