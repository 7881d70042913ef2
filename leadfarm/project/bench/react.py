"""bench react: from a touch to the next step of the enrolment that waits for it, by the worker."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db.models import QuerySet

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.engine import lifeline
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead
from leadfarm.nurture.bench import listening
from leadfarm.nurture.models import Enrolment
from leadfarm.project.bench.figure import Figure
from leadfarm.rules.codes import TouchKind

GOAL = "p95 < 2 s"
GOLDEN = 0.618
LOOK_EVERY = 0.01
LONGEST = 60.0


def run(leads: int, base: int) -> Iterator[Figure]:
    """Let something happen to `leads` of `base` leads in a program, one after the other."""
    workspace = listening(max(leads, base), datetime.now(UTC))
    figure, taken = Figure("react", leads, max(leads, base), goal=GOAL), []
    with _worker():
        _until(lambda: not _there(workspace).filter(waiting=False).exists(), 10 * LONGEST)
        chosen = list(_there(workspace).order_by("id").values_list("id", "lead_id")[:leads])
        for number, (enrolment, lead) in enumerate(chosen):
            time.sleep(2 * (number * GOLDEN % 1))  # at all distances from the worker's rounds
            taken.append(_reaction(workspace, enrolment, lead))
    figure.times(taken)
    figure.seconds = sum(taken)
    yield figure


def _there(workspace: Workspace) -> QuerySet[Enrolment]:
    return Enrolment.objects.of(workspace).filter(ended_at=None)


def _reaction(workspace: Workspace, enrolment: int, lead: int) -> float:
    """Record a click; return the seconds until the enrolment has gone on."""
    now = datetime.now(UTC)
    with within(workspace):
        clicked = Lead.objects.of(workspace).get(id=lead)
        record_touch(
            clicked, TouchKind.MAIL_CLICKED, happened_at=now, now=now, actor=SCHEDULE,
            by_machine=False,
        )  # fmt: skip
    began = time.perf_counter()
    _until(lambda: not _there(workspace).filter(id=enrolment).exists(), LONGEST)
    return time.perf_counter() - began


def _until(done: Callable[[], bool], longest: float) -> None:
    until = time.monotonic() + longest
    while not done():
        if time.monotonic() > until:
            raise LeadfarmError(f"The worker of the bench did nothing for {longest:.0f} s.")
        time.sleep(LOOK_EVERY)


@contextmanager
def _worker() -> Iterator[None]:
    """Run the worker as a company does."""
    command = [sys.executable, "-m", "leadfarm", "worker"]
    worker, line = lifeline.spawn(command, {"LEADFARM_ROLE": "worker"}, quiet=True)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)
        os.close(line)
