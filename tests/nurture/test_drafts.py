"""Drafts are edited by several people without loss: undo, redo, copies, refusals (S2-9, UX 7)."""

import random
import re
import threading
from copy import deepcopy
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.walls import within
from leadfarm.engine.database import acting_as
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture import actions
from leadfarm.nurture.actions import ChangedDraft, Hand, draft_of, make_program, publish
from leadfarm.nurture.actions.drafts import MOST_EDITS, edits_of
from leadfarm.nurture.models import Program
from leadfarm.rules.programs import NO_HAND_OFF, parse
from leadfarm.rules.programs.shaping import Place, keys_of, lists_of
from tests.world import World


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        return make_program(world.workspace.id, "Greeting", now=world.now, draft=NO_HAND_OFF)


def kept(world: World, program: Program) -> Any:
    with world.inside():
        return draft_of(Program.objects.get(id=program.id))


def number_in(page: str) -> dict[str, str]:
    found = re.search(r'name="number" value="(\d+)"', page)
    assert found
    return {"number": found[1]}


def undo_of(page: str) -> str:
    found = re.search(r'<form method="post" action="([^"]+/undo/)">', page)
    assert found, "no toast offers undo"
    return found[1]


def follow(client: Client, at: str, data: dict[str, Any]) -> str:
    return client.post(at, data, follow=True).content.decode()


def any_edit(program: Program, chance: random.Random, hand: Hand) -> None:
    """Change the draft somehow; some changes are refused."""
    steps = [node for nodes in lists_of(draft_of(program)) for node in nodes] or [{"key": ""}]
    one, other = chance.choice(steps)["key"], chance.choice(steps)
    way = chance.choice([*other.get("ways", {}), ""])
    into = Place(into=other["key"], way=way) if way else Place()
    place = chance.choice([Place(before=other["key"]), Place(after=other["key"]), into])
    deeds = (
        lambda: actions.add_node(program, {"kind": "wait", "days": 2}, place, hand),
        lambda: actions.set_node(program, one, {"label": f"So {chance.random()}"}, hand),
        lambda: actions.move_node(program, one, place, hand),
        lambda: actions.shift_node(program, one, chance.choice([-1, 1]), hand),
        lambda: actions.duplicate_node(program, one, hand),
        lambda: actions.remove_node(program, one, hand),
    )
    chance.choices(deeds, weights=[2, 2, 4, 2, 2, 1])[0]()


def test_any_edits_undone_come_back_to_the_same_tree_and_again(world: World):
    hand = Hand(SCHEDULE, world.now)
    for seed in range(6):
        chance = random.Random(seed)
        with world.inside():
            name = f"Greeting {seed}"
            program = make_program(world.workspace.id, name, now=world.now, draft=NO_HAND_OFF)
            passed = [draft_of(program)]
            for _ in range(40):
                try:
                    any_edit(program, chance, hand)
                except LeadfarmError:
                    continue
                tree = draft_of(program)
                keys = [key for node in tree["nodes"] for key in keys_of(node)]
                assert len(keys) == len(set(keys)), "two steps have one key"
                if tree != passed[-1]:
                    passed.append(tree)
            assert len(passed) > 15
            for tree in passed[-2::-1]:
                actions.undo(program)
                assert draft_of(program) == tree
            with pytest.raises(LeadfarmError, match="left to undo"):
                actions.undo(program)
            for tree in passed[1:]:
                actions.redo(program)
                assert draft_of(Program.objects.get(id=program.id)) == tree
            with pytest.raises(LeadfarmError, match="undone"):
                actions.redo(program)


def test_so_many_edits_can_be_undone_and_a_new_one_ends_what_was_undone(
    world: World, program: Program
):
    hand = Hand(SCHEDULE, world.now)
    with world.inside():
        for number in range(MOST_EDITS + 5):
            actions.set_node(program, "wait-1", {"days": number + 1}, hand)
        assert edits_of(program).count() == MOST_EDITS + 1
        for _ in range(MOST_EDITS):
            actions.undo(program)
        assert parse(draft_of(program))[0].find("wait-1").settings["days"] == 5  # type: ignore[union-attr]
        actions.set_node(program, "wait-1", {"days": 99}, hand)
        with pytest.raises(LeadfarmError, match="undone"):
            actions.redo(program)
        actions.set_node(program, "wait-1", {"days": 99}, hand)
        assert edits_of(program).count() == 2, "an edit that changes nothing is none"


def test_a_step_removed_with_all_below_it_is_brought_back_from_the_toast(
    world: World, program: Program
):
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    before = kept(world, program)
    page = follow(mei, f"{at}steps/greet/removal/", number_in(mei.get(at).content.decode()))
    assert "Removed “" in page
    assert "below it" in page
    assert "greet" not in [node["key"] for node in kept(world, program)["nodes"]]
    page = follow(mei, undo_of(page), {})
    assert "Taken back: removed “" in page
    assert kept(world, program) == before
    again = re.search(r'formaction="([^"]+/redo/)"', page)
    assert again
    page = follow(mei, again[1], {})
    assert "greet" not in [node["key"] for node in kept(world, program)["nodes"]]
    undo, ana = undo_of(page), world.client(world.dora)
    ana.post(f"{at}steps/", {"kind": "wait", "label": "Wait", "before": "wait-1"})
    with_both = kept(world, program)
    assert "Dora" in follow(mei, undo, {}), "it says who changed the draft meanwhile"
    assert kept(world, program) == with_both


def test_who_saves_over_anothers_change_is_refused_and_loses_nothing(
    world: World, program: Program
):
    mei, dora = world.client(world.mei), world.client(world.dora)
    at = world.address(f"programs/{program.id}/")
    seen = number_in(mei.get(f"{at}?step=wait-1").content.decode())
    theirs = {"label": "A fortnight", "amount": "14", "unit": "days"} | seen
    assert dora.post(f"{at}steps/wait-1/", theirs).status_code == 302
    mine = {"label": "Wait nine days", "amount": "9", "unit": "days"} | seen
    answer = mei.post(f"{at}steps/wait-1/", mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Dora" in page
    assert "What you typed is still here" in page
    assert 'value="Wait nine days"' in page
    step = parse(kept(world, program))[0].find("wait-1")
    assert step is not None
    assert step.label == "A fortnight"
    now = number_in(page)
    assert now != seen
    assert mei.post(f"{at}steps/wait-1/", mine | now).status_code == 302
    step = parse(kept(world, program))[0].find("wait-1")
    assert step is not None
    assert step.label == "Wait nine days"
    for verb in ("steps/wait-1/removal/", "steps/wait-1/place/", "publication/"):
        assert "is not the one you looked at" in follow(mei, at + verb, {"to": "up"} | seen)
    with world.inside():
        assert Program.objects.get(id=program.id).version_id is None


def test_discarding_a_draft_can_be_undone_and_publishing_ends_the_undoing(
    world: World, program: Program
):
    hand = Hand(SCHEDULE, world.now)
    with world.inside():
        actions.install_ready_made(world.workspace.id, world.now)
        publish(program, by=SCHEDULE, now=world.now)
        with pytest.raises(LeadfarmError, match="left to undo"):
            actions.undo(program)
        actions.set_node(program, "wait-1", {"days": 30}, hand)
        changed = draft_of(program)
        actions.discard_draft(program, hand)
        assert Program.objects.get(id=program.id).draft is None
        actions.undo(program)
        assert draft_of(Program.objects.get(id=program.id)) == changed


def test_of_many_who_edit_in_the_same_moment_each_is_kept_or_refused(
    world: World, program: Program
):
    hand, outcomes = Hand(SCHEDULE, world.now), []
    start = threading.Barrier(6)

    def edit(number: int) -> None:
        try:
            with acting_as("web"), within(world.workspace.id):
                mine = Program.objects.get(id=program.id)
                start.wait()
                try:
                    node = {"kind": "wait", "label": f"By {number}", "days": 1}
                    actions.add_node(mine, node, Place(before="wait-1"), hand)
                    outcomes.append(number)
                except ChangedDraft:
                    pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=edit, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    labels = {node.get("label") for node in kept(world, program)["nodes"]}
    assert outcomes
    assert {f"By {number}" for number in outcomes} == {
        label for label in labels if str(label).startswith("By ")
    }


def test_a_copy_has_keys_of_its_own_and_leads_inside_itself(world: World, program: Program):
    hand = Hand(SCHEDULE, world.now)
    loop = {"key": "again", "kind": "go_to", "to": "pause"}
    pause = {"key": "pause", "kind": "wait", "days": 3}
    ask = {"key": "ask", "kind": "human", "same_person_as": "pause", "ways": {}}
    away = {"key": "away", "kind": "go_to", "to": "greet"}
    fork = {"key": "fork", "kind": "branch", "label": "Fork", "ways": {"a": [pause, ask, loop]}}
    fork["ways"]["b"] = [away]  # type: ignore[index]
    with world.inside():
        key = actions.add_node(program, deepcopy(fork), Place(before="wait-1"), hand)
        copy = actions.duplicate_node(program, key, hand)
        made = actions.node_of(program, copy)
    own = keys_of(made)
    assert not set(own) & set(keys_of(fork))
    inside = made["ways"]["a"]
    assert inside[2]["to"] == inside[0]["key"] == inside[1]["same_person_as"]
    assert made["ways"]["b"][0]["to"] == "greet"
    with world.inside(), pytest.raises(LeadfarmError, match="onto a way of its own"):
        actions.move_node(program, copy, Place(into=own[1], way="a"), hand)


def test_a_step_is_copied_into_another_program_and_moved_onto_another_way(
    world: World, program: Program
):
    with world.inside():
        other = make_program(world.workspace.id, "Other", now=world.now)
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    there = world.address(f"programs/{other.id}/")
    assert "Put the copy here" not in mei.get(f"{there}?before=exit").content.decode()
    mei.post(f"{at}steps/greet/copy/")
    assert "Put the copy here" in mei.get(f"{there}?before=exit").content.decode()
    mei.post(f"{there}pasted/", {"before": "exit"})
    nodes = kept(world, other)["nodes"]
    assert [node["kind"] for node in nodes] == ["human", "exit"]
    original = next(node for node in kept(world, program)["nodes"] if node["key"] == "greet")
    assert list(nodes[0]["ways"]) == list(original["ways"])
    page = mei.get(f"{at}?step=wait-1").content.decode()
    assert "First on the way" in page
    mei.post(f"{at}steps/wait-1/place/", {"place": "into=greet&way=no-answer"} | number_in(page))
    greet = parse(kept(world, program))[0].find("greet")
    assert greet is not None
    assert "wait-1" in [step.key for step in greet.ways["no-answer"]]
    assert "No step is copied" in follow(world.client(world.dora), f"{there}pasted/", {})
