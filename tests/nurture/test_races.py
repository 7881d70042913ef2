"""Two ticks side by side, and ticks killed at any instant: nothing twice, nothing lost (law 7)."""

import os
import random
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connections

from leadfarm.access.walls import within
from leadfarm.engine.database import acting_as
from leadfarm.nurture.actions import install_ready_made
from leadfarm.nurture.models import Enrolment, StepLog
from leadfarm.nurture.ticks import enrol, tick
from leadfarm.outreach.models import Message
from tests.nurture.checking import stranded, twice_touched
from tests.world import World

TICK = """
import django; django.setup()
from datetime import datetime
from leadfarm.nurture.ticks import tick
print("ready", flush=True)
tick({workspace}, datetime.fromisoformat("{now}"), batch=3)
"""


@pytest.fixture
def enrolled(world: World) -> World:
    """A program with forty leads of twenty people about to be written to."""
    with world.inside():
        program = install_ready_made(world.workspace.id, world.now)
        leads = [world.captures(f"Person {number}") for number in range(20)]
        for lead in list(leads):
            leads.append(world.captures("Double"))
            leads[-1].contact_id = lead.contact_id
            leads[-1].save(update_fields=["contact"])
        tick(world.workspace.id, world.now)
        at = world.now + timedelta(days=20)
        tick(world.workspace.id, at)  # the greetings time out, the waits begin
    assert program.takes_not_ready
    return world


def check(world: World, at: object) -> None:
    with world.inside():
        keys = list(Message.objects.of(world.workspace).values_list("enrolment_id", "step_key"))
        assert len(keys) == len(set(keys))
        assert twice_touched(world.workspace.id, world.workspace.quiet_days) == []
        assert stranded(world.workspace.id) == []
        for one in Enrolment.objects.of(world.workspace):
            log = StepLog.objects.of(world.workspace).filter(enrolment_id=one.id)
            assert log.count() == one.steps  # every step is in the log, none twice


def test_s2_16_ticks_side_by_side_never_double_and_never_break_the_window(enrolled: World):
    at = enrolled.now + timedelta(days=24)

    def work() -> None:
        with acting_as("worker"):
            tick(enrolled.workspace.id, at, batch=3)
        connections.close_all()

    hands = [threading.Thread(target=work) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    check(enrolled, at)
    with enrolled.inside():
        held = Enrolment.objects.of(enrolled.workspace).filter(node__key="message-1").count()
        sent = Message.objects.of(enrolled.workspace).count()
    assert (sent, held) == (20, 20)  # of two leads of one person, one is written to


def test_s2_9_a_tick_killed_at_any_instant_loses_nothing(enrolled: World):
    chance = random.Random(7)
    at = enrolled.now + timedelta(days=24)
    for _ in range(6):
        program = TICK.format(workspace=enrolled.workspace.id, now=at.isoformat())
        going = subprocess.Popen(
            [sys.executable, "-c", program],
            env=worker_environment(),
            stdout=subprocess.PIPE,
        )
        assert going.stdout is not None
        going.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        going.kill()
        going.wait()
        going.stdout.close()
    with enrolled.as_worker():
        tick(enrolled.workspace.id, at)
    check(enrolled, at)
    with enrolled.inside():
        assert Message.objects.of(enrolled.workspace).count() == 20


def worker_environment() -> dict[str, str]:
    return {**os.environ, "LEADFARM_ROLE": "worker"}


def test_law_2_a_lead_in_two_programs_is_handed_from_one_to_the_other(enrolled: World):
    with within(enrolled.workspace):
        one = Enrolment.objects.of(enrolled.workspace).select_related("program").first()
        assert one is not None
        assert enrol(one.program, [one.lead_id], enrolled.now) == 0  # it is in it already
