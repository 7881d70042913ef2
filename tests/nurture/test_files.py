"""Programs go out as readable files and come in again, with what is missing said (S2-9)."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from leadfarm.access.actors import SCHEDULE
from leadfarm.nurture import actions
from leadfarm.nurture.actions import Hand, draft_of, make_program, read_program
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import Program
from leadfarm.rules.programs import NO_HAND_OFF
from leadfarm.rules.programs.filing import FORMAT, file_of, read_file, renamed
from tests.nurture.test_random_trees import lists, planted
from tests.world import World, make_world

END = {"key": "end", "kind": "exit", "label": "End", "reason": "Came to the end"}


@given(lists(2))
@settings(max_examples=25, deadline=None)
def test_any_tree_comes_back_from_its_file_as_it_was(nodes: list[dict[str, Any]]):
    tree = {"name": "Any", "entry": None, "goal": None, "reentry_days": 9, **planted(nodes)}
    told, wrong = read_file(file_of(tree, {}))
    assert wrong == []
    assert told == tree


NODE = {"key": "w", "kind": "wait", "days": 3}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not a program file"),
        ("[" * 100_000, "nested too deep"),
        ("1" * 5_000, "not a program file"),
        ("x" * 500_001, "larger than"),
        (json.dumps({"nodes": []}), "does not begin with format"),
        ('{"format": "leadfarm program 1", "nodes": [], "goal": NaN}', "NaN is no number"),
        ('{"format": "leadfarm program 1", "nodes": [], "goal": 1e999}', "without end"),
        ('{"format": "leadfarm program 1", "nodes": [], "name": "\\u0000"}', "cannot be kept"),
        ('{"format": "leadfarm program 1", "nodes": [], "\\ud800": 1}', "cannot be kept"),
        (json.dumps({"format": FORMAT, "nodes": {}}), "not a list"),
        (json.dumps({"format": FORMAT, "nodes": [], "wings": 2}), "'wings'"),
        (json.dumps({"format": FORMAT, "nodes": [], "reentry_days": True}), "1 to 3650"),
        (json.dumps({"format": FORMAT, "nodes": [3]}), "has no kind"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"key": "a/b"}]}), "no key of letters"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"days": "3"}]}), "its days is '3'"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"days": True}]}), "its days is"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"owner": []}]}), "its owner is"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"ways": {"": []}}]}), "1 to 60"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"ways": {"a": 1}}]}), "not a list"),
        (json.dumps({"format": FORMAT, "nodes": [NODE | {"every": {"days": 1e9}}]}), "its days"),
    ],
)
def test_what_is_no_program_is_refused_in_words(text: str, what: str):
    told, wrong = read_file(text)
    assert told is None
    assert any(what in fault.what for fault in wrong), wrong


NAMED = st.sampled_from(["nodes", "kind", "key", "ways", "days", "goal", "field", "operator"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


def wider(inside: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inside, max_size=3) | st.dictionaries(NAMED, inside, max_size=4)


@given(st.recursive(LEAVES, wider, max_leaves=10))
@settings(max_examples=40, deadline=None)
def test_no_file_breaks_the_reading(raw: object):
    for wild in (raw, {"format": FORMAT, "nodes": raw}, {"format": FORMAT, "nodes": [raw]}):
        told, wrong = read_file(json.dumps(wild))
        assert (told is None) == bool(wrong)


def test_names_stand_for_ids_and_who_is_not_there_is_told():
    asked = {"all": [{"field": "source", "operator": "is", "value": "7"}]}
    out = renamed({"goal": asked, "owner": 3}, {"source": {"7": "Fair"}, "owner": {3: "Ana"}})
    assert out == {
        "goal": {"all": [{"field": "source", "operator": "is", "value": "Fair"}]},
        "owner": "Ana",
    }
    gone: list[tuple[str, str]] = []
    renamed(out, {"source": {}, "owner": {"Ana": 4}}, lambda *one: gone.append(one))
    assert gone == [("source", "Fair")]


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        source = str(world.captures("Vera Lind").source_id)
    give = {"key": "give", "kind": "update", "label": "Give", "owner_side": "pd"}
    tree = {
        **NO_HAND_OFF,
        "nodes": [give | {"owner": world.ana.id}, *NO_HAND_OFF["nodes"]],
        "entry": {"all": [{"field": "source", "operator": "is", "value": source}]},
        "reentry_days": 30,
    }
    with world.inside():
        write_messages(world.workspace.id, world.now, SCHEDULE)
        return make_program(world.workspace.id, "Greet & go", now=world.now, draft=tree)


def test_a_program_goes_round_through_a_file_and_another_workspace_says_what_it_lacks(
    world: World, program: Program
):
    mei = world.client(world.mei)
    answer = mei.get(world.address(f"programs/{program.id}/file/"))
    assert 'filename="greet-go.program.json"' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert f'"owner": "{world.ana.name}"' in text
    sent = {"file": SimpleUploadedFile("p.json", answer.content)}
    page = mei.post(world.address("programs/file/"), sent).content.decode()
    assert "nothing is missing here" in page
    assert "Make it a draft" in page
    with world.inside():
        assert Program.objects.of(world.workspace).count() == 1, "looking keeps nothing"
    mei.post(world.address("programs/file/draft/"), {"text": text, "name": "Again"})
    with world.inside():
        again = Program.objects.of(world.workspace).get(name="Again")
        assert draft_of(again) == {**draft_of(program), "name": "Again"}
    other = make_world()
    with other.inside():
        reading = read_program(other.workspace, text)
    said = " ".join(fault.what for fault in reading.faults)
    assert "There is no source called" in said
    assert "uses template" in said


def test_a_file_becomes_the_draft_of_a_program_and_undo_brings_back_what_was_there(
    world: World, program: Program
):
    before = draft_of(program)
    text = file_of({"name": "Short", "nodes": [END]}, {})
    mei = world.client(world.mei)
    sent = {"text": text, "program": str(program.id)}
    assert mei.post(world.address("programs/file/draft/"), sent).status_code == 302
    with world.inside():
        now = Program.objects.get(id=program.id)
        assert [node["key"] for node in draft_of(now)["nodes"]] == ["end"]
        assert draft_of(now)["name"] == program.name
        actions.undo(now)
        assert draft_of(now) == before
        actions.set_node(now, "give", {"label": "Else"}, Hand(SCHEDULE, world.now))
    page = mei.post(world.address("programs/file/"), {"pasted": "{"}).content.decode()
    assert "cannot be read" in page
    rep = world.client(world.tomas)
    rep.post(world.address("programs/file/draft/"), {"text": text, "name": "Mine"})
    with world.inside():
        assert not Program.objects.of(world.workspace).filter(name="Mine").exists()
