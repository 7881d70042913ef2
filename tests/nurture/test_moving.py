"""A new version while people are in flight: left, or taken along without loss (S2-9, law 2)."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from leadfarm.access.actors import SCHEDULE
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Task
from leadfarm.nurture import actions
from leadfarm.nurture.actions import Hand, install_ready_made, publish
from leadfarm.nurture.models import Enrolment, Program, ProgramVersion, StepLog
from leadfarm.nurture.ticks import tick
from leadfarm.outreach.models import Message
from leadfarm.rules.programs import parse
from leadfarm.rules.programs.shaping import Place
from tests.nurture.checking import stranded
from tests.world import World


@pytest.fixture
def program(world: World) -> Program:
    """Two leads in their first wait, two to be greeted."""
    with world.inside():
        made = install_ready_made(world.workspace.id, world.now)
        for name in ("Vera Lind", "Jon Falk"):
            world.captures(name)
        tick(world.workspace.id, world.now)
        later = world.now + timedelta(days=8)
        tick(world.workspace.id, later)
        for name in ("Ida Noor", "Ole Berg"):
            world.captures(name, at=later)
        tick(world.workspace.id, later)
    return made


def places(world: World) -> Counter[str]:
    with world.inside():
        found = Enrolment.objects.of(world.workspace).filter(ended_at=None)
        return Counter(found.values_list("node__key", flat=True))


def test_publishing_shows_who_is_where_and_takes_them_along_only_when_told(
    world: World, program: Program
):
    hand, at = Hand(SCHEDULE, world.now), world.address(f"programs/{program.id}/publication/")
    assert places(world) == {"wait-1": 2, "greet": 2}
    with world.inside():
        nodes = [node.key for node in parse(actions.draft_of(program))[0].nodes]
        actions.set_node(program, "check-in", {"same_person_as": None}, hand)
        actions.remove_node(program, "greet", hand)
        waits = set(Enrolment.objects.of(world.workspace).values_list("id", "wake_at", "since"))
    assert nodes[0] == "greet"
    mei = world.client(world.mei)
    page = mei.get(at).content.decode()
    assert "4 leads in the program" in page
    assert "The step is gone: choose" in page
    assert 'value="stay" checked' in page
    page = mei.post(at, {"people": "move"}, follow=True).content.decode()
    assert "Choose where the leads at “Greet” go on" in page
    with world.inside():
        assert ProgramVersion.objects.of(world.workspace).count() == 1, "all or nothing"
    mei.post(at, {"people": "stay"})
    assert places(world) == {"wait-1": 2, "greet": 2}
    page = mei.get(at).content.decode()
    assert "Leads on older versions" in page
    page = mei.post(at, {"people": "move", "to-greet": "wait-1"}, follow=True).content.decode()
    assert "4 leads went on in version 2" in page
    assert places(world) == {"wait-1": 4}
    with world.inside():
        moved = Enrolment.objects.of(world.workspace)
        assert set(moved.values_list("version__number", "moved")) == {(2, True)}
        still = set(moved.filter(waiting=True).values_list("id", "wake_at", "since"))
        assert len(still) == 2
        assert still <= waits, "what is left to wait is kept"
        assert not Task.objects.of(world.workspace).filter(
            enrolment_id__isnull=False, done_at=None, cancelled_at=None
        )
        assert StepLog.objects.of(world.workspace).filter(way="newer version").count() == 4
    assert stranded(world.workspace.id) == []


def changed(program: Program, chance: random.Random, hand: Hand) -> None:
    """Change the trunk somehow, and publish; what has faults is changed back and not published."""
    trunk = [node.key for node in parse(actions.draft_of(program))[0].nodes[:-1]]
    for _ in range(3):
        key, other = chance.choice(trunk), chance.choice(trunk)
        deeds = (
            lambda key=key: actions.remove_node(program, key, hand),
            lambda key=key: actions.duplicate_node(program, key, hand),
            lambda key=key, other=other: actions.move_node(program, key, Place(before=other), hand),
            lambda other=other: actions.add_node(
                program, {"kind": "wait", "days": 4}, Place(before=other), hand
            ),
        )
        try:
            chance.choice(deeds)()
            if actions.check(program.workspace_id, actions.draft_of(program))[1]:
                actions.undo(program)
        except LeadfarmError:
            continue


@pytest.mark.parametrize("seed", range(2))
def test_whatever_the_new_tree_nobody_is_stranded_or_written_to_twice(world: World, seed: int):
    chance, now = random.Random(seed), world.now
    with world.inside():
        program = install_ready_made(world.workspace.id, now)
    for round_ in range(12):
        now += timedelta(days=chance.choice([1, 5, 9]))
        with world.inside():
            if round_ < 5:
                world.captures(f"Person {round_}", at=now)
                world.captures(f"Colleague {round_}", at=now)
            tick(world.workspace.id, now)
            if round_ in (2, 4, 6, 8):
                changed(program, chance, Hand(SCHEDULE, now))
                if program.draft is not None:
                    version = publish(program, by=SCHEDULE, now=now)
                    tree = parse(version.tree)[0]
                    keys = [node.key for node in tree.walk()]
                    gone = actions.stops(program, tree, version.id)
                    choices = {stop.key: chance.choice(keys) for stop in gone}
                    actions.move_on(program, version, choices, now=now)
                    assert (
                        not Enrolment.objects.of(world.workspace)
                        .filter(ended_at=None)
                        .exclude(version=version)
                    )
        assert stranded(world.workspace.id) == []
    with world.inside():
        for _ in range(12):
            now += timedelta(days=25)
            tick(world.workspace.id, now)
        sent = Message.objects.of(world.workspace).exclude(state=7)
        often = Counter(sent.values_list("contact_id", "template_version__template_id"))
        assert often
        assert set(often.values()) == {1}, "somebody got a message twice"
        assert not Enrolment.objects.of(world.workspace).filter(ended_at=None, moved=True)
    assert stranded(world.workspace.id) == []
