"""Program trees: form, faults, the flat table, the outline and the difference of two versions."""

from copy import deepcopy
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from leadfarm.rules.business_time import BusinessHours
from leadfarm.rules.codes import Side
from leadfarm.rules.programs import (
    NO_HAND_OFF,
    Known,
    NodeKind,
    compile_tree,
    differences,
    faults,
    next_of,
    outline,
    parse,
    wait_ends,
)

KNOWN = Known(
    templates={
        str(node["template"]): True for node in NO_HAND_OFF["nodes"] if node["kind"] == "message"
    }
    | {"first": True, "bare": False},
    sides={Side.SALES, Side.PD},
)
MESSAGE = {"key": "m", "kind": "message", "template": "first"}
EXIT = {"key": "out", "kind": "exit", "reason": "Done"}
WAIT = {"key": "w", "kind": "wait", "days": 3}
CALL = {
    "key": "call",
    "kind": "human",
    "side": "pd",
    "task": "call",
    "dispositions": ["help-now", "no-answer"],
    "time_out": {"days": 5},
    "ways": {
        "help-now": [{"key": "yes", "kind": "goal", "reason": "Wants help"}],
        "no-answer": [],
        "timed-out": [],
    },
}


def program(*nodes, **more):
    read, wrong = parse({"name": "Test", "nodes": list(nodes), **more})
    assert wrong == []
    return read


def found(*nodes, known=KNOWN, **more):
    return [(fault.where, fault.what) for fault in faults(program(*nodes, **more), known)]


def changed(node, **settings):
    return {**deepcopy(node), **settings}


def test_s2_10_a_tree_with_a_human_step_is_faultless():
    assert found(MESSAGE, WAIT, CALL, changed(MESSAGE, key="m2"), EXIT) == []


def test_the_ready_made_program_is_faultless_and_goes_as_described():
    tree, wrong = parse(NO_HAND_OFF)
    assert wrong == []
    assert faults(tree, KNOWN) == []
    assert compile_tree(tree).first_key == "greet"
    assert next_of(tree, "greet", "help-now") == "fast-track"
    assert next_of(tree, "greet", "not-now") == "wait-1"
    assert next_of(tree, "greet", "no-answer") == "wait-1"
    waits = [move.delay_seconds for move in compile_tree(tree).moves if move.key.startswith("wait")]
    assert sum(waits) == 45 * 86_400
    assert next_of(tree, "message-3") == "check-in"
    assert tree.find("check-in").settings["same_person_as"] == "greet"
    assert next_of(tree, "check-in", "not-now") == "after-check-in"
    assert next_of(tree, "after-check-in", "otherwise") == "long-cycle"
    assert next_of(tree, "long-cycle") is None


def test_all_faults_are_listed_at_once():
    lost = changed(CALL, side="marketing", ways={"help-now": []}, time_out=None)
    bare = changed(MESSAGE, key="m2", template="bare")
    listed = found(MESSAGE, bare, changed(WAIT, days=0), lost, changed(MESSAGE, template="gone"))
    assert [where for where, _what in listed] == [
        *["m", "m2", "w", "call", "call", "call", "call", "m", "m"],
    ]
    text = "\n".join(what for _where, what in listed)
    for expected in (
        "Step 'Message' has the key of another step, 'm'.",
        "no unsubscribe link",
        "The wait lasts no time.",
        "Marketing, where nobody is",
        "never times out",
        "leads nowhere when it comes to 'no-answer'",
        "leads nowhere when it comes to 'timed-out'",
        "template 'gone', which does not exist",
        "no way out after 'next'",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("nodes", "where", "what"),
    [
        ([], "program", "no nodes"),
        ([MESSAGE], "m", "no way out after 'next'"),
        ([changed(MESSAGE, template="bare"), EXIT], "m", "no unsubscribe link"),
        ([changed(WAIT, hours=2), EXIT], "w", "2 times"),
        ([{"key": "w", "kind": "wait"}, EXIT], "w", "0 times"),
        ([changed(WAIT, days="soon"), EXIT], "w", "not a number"),
        ([{"key": "g", "kind": "go_to", "to": "nowhere"}, EXIT], "g", "does not exist"),
        ([EXIT, MESSAGE, changed(EXIT, key="o2")], "m", "No path leads"),
        ([WAIT, {"key": "g", "kind": "go-to", "to": "w"}], "w", "never ends"),
        ([MESSAGE, {"key": "g", "kind": "go-to", "to": "m"}], "m", "takes no time"),
        ([{"key": "g", "kind": "go-to", "to": "g"}, EXIT], "out", "No path leads"),
        ([changed(CALL, dispositions=[]), EXIT], "call", "allows no disposition"),
        ([changed(CALL, dispositions=["shrug"]), EXIT], "call", "no disposition is called"),
        ([changed(CALL, side="prospect"), EXIT], "call", "says no side"),
        ([changed(CALL, task="dance"), EXIT], "call", "no kind of task"),
        ([changed(CALL, when_away="panic"), EXIT], "call", "owner is away"),
        ([{"key": "b", "kind": "branch", "ways": {"otherwise": []}}, EXIT], "b", "no condition"),
        ([{"key": "f", "kind": "wait_for", "event": "reply"}, EXIT], "f", "never times out"),
        ([{"key": "out", "kind": "exit"}], "out", "has no reason"),
    ],
)
def test_s2_9_each_fault_is_named_with_its_place(nodes, where, what):
    listed = found(*nodes)
    assert any(place == where and what in said for place, said in listed), listed


def test_a_loop_with_a_wait_and_a_way_out_is_fine_and_without_the_wait_is_not():
    again = {"key": "g", "kind": "go-to", "to": "m"}
    branch = {
        "key": "b",
        "kind": "branch",
        "when": {"replied": {}},
        "ways": {"replied": [EXIT], "otherwise": [again]},
    }
    assert found(MESSAGE, WAIT, branch) == []
    listed = found(MESSAGE, branch)
    assert [where for where, what in listed if "no time" in what] == ["m", "b"]
    assert len(listed) == 2


def test_a_program_that_loops_through_a_thousand_nodes_is_answered():
    many = [changed(MESSAGE, key=f"m{n}") for n in range(400)]
    listed = found(*many, {"key": "g", "kind": "go-to", "to": "m0"})
    assert ("program", "The program has 401 nodes; 300 is the limit.") in listed


def test_clauses_are_checked_by_who_knows_them():
    known = Known(
        templates=KNOWN.templates,
        sides=KNOWN.sides,
        clause_fault=lambda clause: "No such field." if clause == "bad" else "",
    )
    branch = {
        "key": "b",
        "kind": "branch",
        "when": {"x": "bad"},
        "ways": {"x": [], "otherwise": [], "y": []},
    }
    listed = found(branch, EXIT, known=known, goal="bad")
    assert [where for where, _what in listed] == ["program", "b", "b"]
    assert "No such field." in listed[0][1]
    assert "nobody takes it" in listed[2][1]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("nothing", "not a program"),
        ({"nodes": "x"}, "not a list"),
        ({"nodes": [3]}, "not a node"),
        ({"nodes": [{"kind": "exit"}]}, "no key"),
        ({"nodes": [{"key": "a", "kind": "dance"}]}, "'dance'"),
        ({"nodes": [{"key": "a", "kind": "branch", "ways": []}]}, "not an object"),
    ],
)
def test_what_cannot_be_read_is_told_and_does_not_break(raw, what):
    _read, wrong = parse(raw)
    assert len(wrong) == 1
    assert what in wrong[0].what


def test_the_flat_table_has_ways_delays_and_clauses():
    branch = {
        "key": "b",
        "kind": "branch",
        "when": {"big": {"size": 5}},
        "ways": {"otherwise": [], "big": [MESSAGE]},
    }
    flat = compile_tree(program(WAIT, CALL, branch, EXIT))
    rows = {(move.key, move.way): move for move in flat.moves}
    assert rows["w", "next"].delay_seconds == 3 * 86_400
    assert rows["call", "timed-out"].delay_seconds == 5 * 86_400
    assert rows["call", "help-now"].delay_seconds is None
    assert rows["call", "no-answer"].next_key == "b"
    assert (rows["b", "big"].rank, rows["b", "big"].when) == (0, {"size": 5})
    assert (rows["b", "otherwise"].rank, rows["b", "otherwise"].next_key) == (1, "out")
    assert rows["m", "next"].next_key == "out"
    assert [step.key for step in flat.steps] == ["w", "call", "yes", "b", "m", "out"]


def test_go_to_nodes_vanish_into_the_moves():
    tree = program(WAIT, {"key": "g", "kind": "go-to", "to": "out"}, MESSAGE, EXIT)
    assert next_of(tree, "w") == "out"
    assert "g" not in {step.key for step in compile_tree(tree).steps}
    with pytest.raises(KeyError, match="no step"):
        next_of(tree, "unknown")


def test_waits_by_calendar():
    hours = BusinessHours(ZoneInfo("Europe/Berlin"))
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert wait_ends({"working_days": 1}, friday, hours) == datetime(2026, 3, 9, 9, tzinfo=UTC)
    tuesday = {"until_weekday": "Tuesday", "at": "10:00"}
    assert wait_ends(tuesday, friday, hours) == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert wait_ends({"until_date": "2026-04-01"}, friday, hours) == datetime(
        2026, 4, 1, 7, tzinfo=UTC
    )
    assert wait_ends({"until_date": "2020-04-01"}, friday, hours) == friday
    assert wait_ends({"hours": 2}, friday, hours) == datetime(2026, 3, 6, 11, tzinfo=UTC)


def test_the_outline_shows_depth_and_ways():
    lines = outline(program(CALL, EXIT))
    assert [(line.depth, line.way, line.node.key) for line in lines] == [
        (0, "", "call"),
        (1, "help-now", "yes"),
        (0, "", "out"),
    ]
    assert lines[0].detail == "Call, Prospect development"
    assert lines[0].node.kind is NodeKind.HUMAN


def test_two_versions_differ_in_words():
    before = program(MESSAGE, WAIT, EXIT)
    after = program(MESSAGE, changed(WAIT, days=5), CALL, changed(EXIT, label="Leave"))
    assert differences(before, before) == []
    assert differences(before, after) == [
        "Step 'Wait': 3 days became 5 days.",
        "Step 'Human step' was added.",
        "Step 'Goal' was added.",
        "Step 'Exit' is now called 'Leave'.",
    ]
    assert differences(after, before)[0] == "Step 'Human step' was removed."
    assert differences(before, program(WAIT, MESSAGE, EXIT)) == ["The steps are in another order."]
