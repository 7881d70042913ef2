"""The test tab: made-up people walk the draft by the engine itself, and nothing of it stays."""

from typing import Any

import pytest

from leadfarm.access.actors import SCHEDULE
from leadfarm.leads.models import Contact, Lead, Task, Touch
from leadfarm.nurture.actions import FaultyProgram, make_program
from leadfarm.nurture.actions.ready_made import install_ready_made
from leadfarm.nurture.models import Enrolment, Program, ProgramVersion, StepLog
from leadfarm.nurture.rehearsal import PERSONAS, Course, rehearse
from leadfarm.outreach.models import Message
from tests.world import World

BY_SLUG = {persona.slug: persona for persona in PERSONAS}
STAYS = (Contact, Lead, Task, Touch, Enrolment, ProgramVersion, StepLog, Message)


def walk(world: World, program: Program, persona: str) -> Course:
    who = BY_SLUG[persona]
    return rehearse(program, world.workspace, who, by=world.mei, now=world.now)


def told(course: Course) -> list[tuple[str, str]]:
    return [(each.kind, each.what) for each in course.happenings]


def test_each_persona_gets_what_the_program_says_and_nothing_stays(world: World):
    """F-2 begins here: what is shown is what the engine would do (S2-9, S2-10)."""
    with world.inside():
        program = install_ready_made(world.workspace.id, world.now)
        before = {model: model.objects.of(world.workspace).count() for model in STAYS}
        courses = {slug: walk(world, program, slug) for slug in BY_SLUG}
        after = {model: model.objects.of(world.workspace).count() for model in STAYS}
    assert after == before
    later = courses["not-now"]
    assert [kind for kind, _what in told(later)] == [
        "task", "talk", "mail", "mail", "mail", "task", "talk", "end",
    ]  # fmt: skip
    assert later.count("mail") == 3
    assert 45 <= later.days <= 60
    assert later.longest_gap <= 30
    assert told(courses["help-now"])[-2:] == [
        ("task", f"Qualify for {world.ana.name}, Prospect development"),
        ("end", "Fast track: wants help now"),
    ]
    assert courses["has-plans"].happenings[-1].what.startswith("Timeline known")
    assert courses["forgotten"].count("talk") == 0
    assert courses["forgotten"].ended_at is not None
    warm = courses["warms-up"]
    assert warm.happenings[-1].what == "Wants help after check-in"


def test_a_faulty_draft_says_what_to_mend_and_the_tab_shows_both(world: World):
    draft: dict[str, Any] = {"nodes": [{"key": "m", "kind": "message", "label": "M"}]}
    with world.inside():
        faulty = make_program(world.workspace.id, "Faulty", now=world.now, draft=draft)
        with pytest.raises(FaultyProgram):
            walk(world, faulty, "silent")
        fine = install_ready_made(world.workspace.id, world.now, SCHEDULE)
    mei = world.client(world.mei)
    page = mei.get(world.address(f"programs/{faulty.id}/test/")).content.decode()
    assert "has no template" in page
    page = mei.get(world.address(f"programs/{fine.id}/test/?persona=warms-up")).content.decode()
    assert "then it ends" in page
    assert "Wants help after check-in" in page
    assert "Somebody made up walks the version in force" in page
