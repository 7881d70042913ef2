"""Programs are edited without JSON: conditions in the clause builder, updates in a form (S2-9)."""

import pytest

from leadfarm.access.actors import SCHEDULE
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.actions.drafts import draft_of
from leadfarm.nurture.models import Program, Way
from leadfarm.nurture.ticks import sweep, tick
from leadfarm.rules.programs import NO_HAND_OFF, compile_tree, parse
from tests.world import World

HOT = {"row-0-group": "A", "row-0-field": "heat_level", "row-0-operator": "at_least"}
KNOWN = {"row-0-group": "A", "row-0-field": "timeline", "row-0-operator": "is_known"}


def rows(prefix: str, filled: dict[str, str], **more: str) -> dict[str, str]:
    named = {"joined": "all", "how-A": "all", **filled, **more}
    return {f"{prefix}{name}": value for name, value in named.items()}


def tree(*, ends: str = "exit") -> dict[str, object]:
    ways = {"hot": [{"key": "a", "kind": "exit", "label": "Hot", "reason": "Hot"}], "otherwise": []}
    when = {"hot": {"field": "heat_level", "operator": "at_least", "value": "hot"}}
    fork = {"key": "fork", "kind": "branch", "label": "How warm?", "when": when, "ways": ways}
    return {"goal": None, "nodes": [fork, {"key": "z", "kind": ends, "reason": "Came to the end"}]}


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        return make_program(world.workspace.id, "Long cycle", now=world.now, draft=tree())


def kept(world: World, program: Program) -> dict[str, object]:
    with world.inside():
        return draft_of(Program.objects.get(id=program.id))


def test_a_branch_gets_a_second_way_without_scripts_and_keeps_its_steps(
    world: World, program: Program
):
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    page = mei.get(f"{at}?step=fork").content.decode()
    assert 'value="heat_level" selected' in page
    first = {"label": "How warm?", "way-0-name": "hot", "way-0-was": "hot"}
    first |= rows("way-0.", HOT, **{"row-0-value": "hot"})
    page = mei.post(f"{at}steps/fork/", {**first, "ways-press": "add"}).content.decode()
    assert 'name="way-1-name"' in page
    assert "ways" not in str(kept(world, program)["nodes"][0].get("order"))  # type: ignore[index]
    second = {"way-1-name": "planned", "way-1-was": ""} | rows("way-1.", KNOWN)
    page = mei.post(f"{at}steps/fork/", {**first, **second, "ways-press": "up-1"}).content.decode()
    assert page.index('value="planned"') < page.index('value="hot"')
    swapped = {"label": "How warm?", "way-0-name": "planned", "way-0-was": ""}
    swapped |= rows("way-0.", KNOWN) | {"way-1-name": "very hot", "way-1-was": "hot"}
    swapped |= rows("way-1.", HOT, **{"row-0-value": "hot"})
    assert mei.post(f"{at}steps/fork/", swapped).status_code == 302
    fork = parse(kept(world, program))[0].find("fork")
    assert fork is not None
    assert [step.key for step in fork.ways["very hot"]] == ["a"]
    moves = compile_tree(parse(kept(world, program))[0]).moves
    assert [move.way for move in moves if move.key == "fork"] == [
        "planned",
        "very hot",
        "otherwise",
    ]
    with world.inside():
        publish(Program.objects.get(id=program.id), by=SCHEDULE, now=world.now)
        ways = Way.objects.of(world.workspace).filter(node__key="fork").order_by("rank")
        assert [way.way for way in ways] == ["planned", "very hot", "otherwise"]
    page = mei.get(f"{at}?step=fork").content.decode()
    assert "timeline is known" in page.lower()


def test_a_way_that_nobody_could_take_is_not_kept_and_says_why(world: World, program: Program):
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    before = kept(world, program)
    sent = {"label": "How warm?", "way-0-name": "otherwise", "way-0-was": "hot"}
    sent |= rows("way-0.", HOT, **{"row-0-value": "hot"})
    sent |= {"way-1-name": "", "way-1-was": ""} | rows("way-1.", KNOWN)
    sent |= {"way-2-name": "empty", "way-2-was": ""} | rows("way-2.", {})
    page = mei.post(f"{at}steps/fork/", sent).content.decode()
    assert "is taken: choose another name" in page
    assert "Give the way a name" in page
    assert "Nobody would take this way" in page
    assert kept(world, program) == before


def test_who_comes_in_and_the_goal_are_kept_in_the_draft_and_come_into_force_together(
    world: World, program: Program
):
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    sent = rows("entry.", KNOWN) | rows("goal.", {}) | {"reentry_days": "90"}
    assert mei.post(f"{at}conditions/", sent).status_code == 302
    page = mei.get(f"{at}?step=program").content.decode()
    assert "Leads where timeline is known" in page
    with world.inside():
        stored = Program.objects.get(id=program.id)
        assert stored.entry is None
        publish(stored, by=SCHEDULE, now=world.now)
        stored.refresh_from_db()
        assert stored.entry == {"all": [{"field": "timeline", "operator": "is_known"}]}
        assert stored.reentry_days == 90
        world.captures("Vera Lind")
        tick(world.workspace.id, world.now)
        assert sweep(world.workspace.id, world.now) == 0
    assert mei.post(f"{at}conditions/", rows("entry.", {}) | rows("goal.", {})).status_code == 302
    assert kept(world, program)["entry"] is None


def test_an_update_step_says_what_it_sets_and_refuses_half_of_it(world: World, program: Program):
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    mei.post(f"{at}steps/", {"kind": "update", "label": "Give it to Ana", "before": "z"})
    half = {"label": "Give it to Ana", "owner_side": "pd", "finding": "budget"}
    page = mei.post(f"{at}steps/update-1/", half).content.decode()
    assert "Say both whose owner is set" in page
    assert "Choose a section, and say what is written down" in page
    whole = {**half, "owner": str(world.ana.id), "value": "asked for", "nurturing": "on"}
    assert mei.post(f"{at}steps/update-1/", whole).status_code == 302
    node = parse(kept(world, program))[0].find("update-1")
    assert node is not None
    assert dict(node.settings) == {
        "owner_side": "pd",
        "owner": world.ana.id,
        "finding": "budget",
        "value": "asked for",
        "stage": "nurturing",
    }


def test_answers_of_a_task_get_ways_of_their_own(world: World):
    with world.inside():
        made = make_program(world.workspace.id, "Greeting", now=world.now, draft=NO_HAND_OFF)
    mei, at = world.client(world.mei), world.address(f"programs/{made.id}/")
    sent = {
        "label": "Greet",
        "task": "greet",
        "side": "sales",
        "due_hours": "4",
        "dispositions": ["help-now", "not-now", "callback", "no-answer"],
        "own_ways": ["help-now", "no-answer"],
        "amount": "3",
        "unit": "working_days",
    }
    assert mei.post(f"{at}steps/greet/", sent).status_code == 302
    greet = parse(kept(world, made))[0].find("greet")
    assert greet is not None
    assert set(greet.ways) == {"help-now", "no-answer", "otherwise", "timed-out"}
    assert [step.key for step in greet.ways["help-now"]] == ["fast-track"]
