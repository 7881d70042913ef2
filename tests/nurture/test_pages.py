"""The pages of programs: read by everybody inside, changed by marketers, drawn with live counts."""

from datetime import timedelta

import pytest

from leadfarm.nurture.actions import install_ready_made
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program, ProgramVersion
from leadfarm.nurture.ticks import tick
from tests.world import World


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        made = install_ready_made(world.workspace.id, world.now)
        for name in ("Vera Lind", "Jon Falk", "Ida Noor"):
            world.captures(name)
        tick(world.workspace.id, world.now)
    return made


def test_the_tree_shows_who_is_where(world: World, program: Program):
    page = world.client(world.mei).get(world.address(f"programs/{program.id}/")).content.decode()
    assert "<strong>3</strong> here" in page
    assert "Help now" in page
    assert "Greet" in page


def test_everybody_may_look_and_only_marketers_change(world: World, program: Program):
    rep = world.client(world.tomas)
    assert rep.get(world.address("programs/")).status_code == 200
    rep.post(world.address(f"programs/{program.id}/pause/"))
    with world.inside():
        assert Program.objects.get(id=program.id).state == 2
    world.client(world.mei).post(world.address(f"programs/{program.id}/pause/"))
    with world.inside():
        assert Program.objects.get(id=program.id).state == 3
        assert set(Enrolment.objects.of(world.workspace).values_list("state", flat=True)) == {
            EnrolmentState.PAUSED
        }


def test_a_faulty_draft_is_not_published_and_all_faults_are_shown(world: World, program: Program):
    mei = world.client(world.mei)
    at = world.address(f"programs/{program.id}/")
    mei.post(at + "steps/", {"kind": "message", "label": "One more", "before": "message-2"})
    mei.post(at + "steps/", {"kind": "exit", "label": "Never reached"})
    page = mei.get(at).content.decode()
    assert "has no template" in page
    assert "No path leads to step" in page
    assert "a draft" in page
    mei.post(at + "publication/")
    with world.inside():
        assert ProgramVersion.objects.of(world.workspace).count() == 1


def test_a_new_version_is_said_in_words_and_leaves_people_on_theirs(world: World, program: Program):
    mei = world.client(world.mei)
    at = world.address(f"programs/{program.id}/")
    wait = {"label": "Wait 5 days", "amount": "5", "unit": "days"}
    mei.post(at + "steps/wait-1/", wait)
    mei.post(at + "publication/")
    page = mei.get(at + "changes/").content.decode()
    assert "is now called &#x27;Wait 5 days&#x27;" in page
    with world.inside():
        first = ProgramVersion.objects.of(world.workspace).get(number=1)
        assert Enrolment.objects.of(world.workspace).filter(version=first).count() == 3
        later = world.now + timedelta(hours=1)
        lead = world.captures("Ole Berg", at=later)
        tick(world.workspace.id, later)
        mine = Enrolment.objects.of(world.workspace).get(lead_id=lead.id)
        assert mine.version.number == 2


def test_a_lead_is_let_in_and_taken_out_by_hand(world: World, program: Program):
    mei = world.client(world.mei)
    with world.inside():
        lead = Enrolment.objects.of(world.workspace).first().lead
    page = mei.get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "Take out" in page
    with world.inside():
        one = Enrolment.objects.of(world.workspace).get(lead_id=lead.id)
    mei.post(world.address(f"enrolments/{one.id}/removal/"))
    with world.inside():
        one.refresh_from_db()
        assert one.state == EnrolmentState.DISABLED
    mei.post(world.address("enrolments/"), {"lead": lead.id, "program": program.id})
    with world.inside():
        again = Enrolment.objects.of(world.workspace).get(lead_id=lead.id, ended_at=None)
        assert again.cycle == 2


def test_an_empty_list_teaches_and_installs_the_ready_made(world: World):
    mei = world.client(world.mei)
    assert "ready-made" in mei.get(world.address("programs/")).content.decode()
    mei.post(world.address("programs/ready-made/no-hand-off/"))
    with world.inside():
        assert Program.objects.of(world.workspace).get().name == "No hand-off"
