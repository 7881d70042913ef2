"""`doctor` finds who fell through in a program (S1-7, S1-11, law 2), nothing on sound data."""

from datetime import timedelta

import pytest
from django.db import connection

from leadfarm.access.actors import SCHEDULE, Actor
from leadfarm.leads.actions import Outcome, complete_task
from leadfarm.leads.models import Task
from leadfarm.nurture.actions import Hand, install_ready_made, publish, shift_node
from leadfarm.nurture.checks import CHECKS
from leadfarm.nurture.ticks import tick
from leadfarm.rules.codes import Disposition
from tests.support.planting import found_when
from tests.world import World

TABLES = (
    *("leads_standing", "leads_task", "nurture_enrolment", "nurture_node", "nurture_way"),
    *("nurture_programversion", "nurture_program"),
)
SPOIL = {
    "Everybody in a program": "UPDATE nurture_enrolment SET version_id = (SELECT max(id) FROM"
    " nurture_programversion version WHERE version.workspace_id = nurture_enrolment.workspace_id)"
    " WHERE workspace_id = %s",
    "Nobody in a program": "UPDATE leads_task SET cancelled_at = made_at WHERE workspace_id = %s"
    " AND done_at IS NULL",
    "No program runs": "UPDATE leads_standing SET stage = 6 WHERE workspace_id = %s",
    "A lead whose": "UPDATE nurture_enrolment SET state = 17, wake_at = NULL, waiting = false,"
    " ended_at = since WHERE workspace_id = %s",
    "Whoever is in": "UPDATE leads_standing SET next_kind = 3, enrolment_id = NULL, task_id = NULL,"
    " next_at = stage_since WHERE workspace_id = %s",
    "Every way": "UPDATE nurture_way SET to_id = (SELECT max(id) FROM nurture_node node"
    " WHERE node.workspace_id = nurture_way.workspace_id) WHERE workspace_id = %s",
}


@pytest.fixture
def company(world: World) -> World:
    """Return a workspace with one lead to be greeted, one in nurture, and two versions."""
    with world.inside():
        program = install_ready_made(world.workspace.id, world.now)
        later = world.captures("Vera Lind")
        tick(world.workspace.id, world.now)
        task = Task.objects.of(world.workspace).get(lead_id=later.id, done_at=None)
        at = world.now + timedelta(hours=1)
        complete_task(task, Outcome(Disposition.NOT_NOW), by=Actor.of(world.tomas), now=at)
        world.captures("Jon Falk", at=at)
        tick(world.workspace.id, at)
        shift_node(program, "wait-1", 1, Hand(SCHEDULE, at))
        publish(program, by=SCHEDULE, now=at)
    return world


@pytest.mark.parametrize("beginning", SPOIL)
def test_s1_7_doctor_finds_who_fell_through_in_a_program(company: World, beginning: str) -> None:
    assert found_when(CHECKS, beginning, TABLES, SPOIL[beginning], company.workspace.id)


def test_doctor_is_content_with_what_programs_do(company: World) -> None:
    with company.inside():
        assert [line for check in CHECKS for line in check.find(connection)] == []
