"""`leadfarm tick` does everything the schedule does, at the time handed in (law 11)."""

import re
from datetime import timedelta

import pytest

from leadfarm.nurture.actions import install_ready_made
from leadfarm.nurture.models import Enrolment
from leadfarm.project import schedule
from leadfarm.project.cli import main
from leadfarm.project.ticking import TICKS
from tests.world import World


def test_every_job_of_the_schedule_is_a_tick_of_the_command():
    jobs = {name.replace("_", "-") for name in schedule.__all__ if name != "app"}
    assert jobs == set(TICKS)


def test_law_11_the_ticks_run_at_the_time_handed_in_and_say_what_they_did(world: World):
    with world.inside():
        install_ready_made(world.workspace.id, world.now)
        lead = world.captures()
    at = world.now + timedelta(seconds=5)
    with world.as_worker():
        done = {name: do(world.workspace, at) for name, do in TICKS.items()}
        again = {name: do(world.workspace, at) for name, do in TICKS.items()}
    assert done["move-programs"]["entered"] == 1
    assert done["move-programs"]["tasks"] == 1
    assert not any(count for counts in again.values() for count in counts.values())
    with world.inside():
        assert Enrolment.objects.of(world.workspace).get(lead_id=lead.id).entered_at == at


def test_its_help_names_every_tick(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["tick", "--help"])
    said = re.sub(r"-\n +", "-", capsys.readouterr().out)  # a name may be wrapped at its hyphen
    assert all(name in said for name in TICKS)
    assert "really sent" in said
