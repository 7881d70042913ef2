"""Many leads enter a program by one statement, counted before and undone after (S3-14, UX 6)."""

import pytest

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Team
from leadfarm.leads.models import Lead, Task
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.models import Enrolment, Program
from leadfarm.nurture.ticks import tick
from leadfarm.rules.codes import NextKind
from tests.lawful import broken_in
from tests.nurture.checking import stranded
from tests.world import World

TREE = {
    "nodes": [
        {"key": "w", "kind": "wait", "label": "Wait", "days": 30},
        {"key": "x", "kind": "exit", "label": "Out", "reason": "Over"},
    ]
}


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        made = make_program(world.workspace.id, "Long cycle", now=world.now, draft=TREE)
        publish(made, by=SCHEDULE, now=world.now)
        for name in ("Vera Lind", "Jon Falk", "Ida Noor"):
            world.captures(name)
        world.captures("Ole Berg", source="Fair")
    return made


def inside(world: World) -> set[str]:
    with world.inside():
        live = Enrolment.objects.of(world.workspace).filter(ended_at=None)
        return set(live.values_list("contact__given_name", flat=True))


def test_all_that_match_the_filter_are_counted_let_in_and_taken_back(
    world: World, program: Program
):
    mei = world.client(world.mei)
    with world.inside():
        fair = world.source("Web")
        before = {lead.id: world.standing(lead) for lead in Lead.objects.of(world.workspace)}
    assert "Into a program" in mei.get(world.address("leads/")).content.decode()
    at = world.address(f"enrolments/many/?view=all&source={fair.id}")
    assert "3 of 3 can enter" in mei.get(at).content.decode()
    assert inside(world) == set()
    answer = mei.post(at, {"program": program.id}, follow=True)
    page = answer.content.decode()
    assert "3 leads entered Long cycle" in page
    assert inside(world) == {"Vera", "Jon", "Ida"}
    assert "0 of 3 can enter" in mei.get(at).content.decode()
    with world.inside():
        entered = Enrolment.objects.of(world.workspace).first()
        assert entered is not None
        tick(world.workspace.id, entered.entered_at)
        micros = int(entered.entered_at.timestamp() * 1_000_000)
    undo = world.address(f"enrolments/many/{program.id}/{micros}/removal/")
    assert undo in page
    mei.post(undo)
    assert inside(world) == set()
    with world.inside():
        assert stranded(world.workspace.id) == []
        for lead in Lead.objects.of(world.workspace):
            now, then = world.standing(lead), before[lead.id]
            assert (now.stage, now.task_id) == (then.stage, then.task_id)
            assert now.next_kind == then.next_kind == NextKind(then.next_kind)
    assert broken_in(world.workspace.id) == []


def test_only_the_selected_leads_enter_and_a_delivered_one_is_left_alone(
    world: World, program: Program
):
    mei = world.client(world.mei)
    with world.inside():
        one, two = Lead.objects.of(world.workspace).order_by("id")[:2]
        tasks = Task.objects.of(world.workspace).count()
    at = world.address(f"enrolments/many/?lead={one.id}&lead={two.id}")
    assert "2 of 2 can enter" in mei.get(at).content.decode()
    mei.post(at, {"program": program.id})
    assert inside(world) == {"Vera", "Jon"}
    with world.inside():
        assert Task.objects.of(world.workspace).count() == tasks


def test_a_firm_and_a_stranger_let_nobody_in(world: World, program: Program):
    with world.inside():
        mine = world.captures("Firm Lead", firm=Team.objects.get(id=world.firm.id))
    fred = world.client(world.fred)
    assert "Into a program" not in fred.get(world.address("leads/")).content.decode()
    at = world.address(f"enrolments/many/?lead={mine.id}")
    assert "No program runs" in fred.get(at).content.decode()
    fred.post(at, {"program": program.id})
    assert world.client(world.sam).get(at).status_code == 404
    assert inside(world) == set()
