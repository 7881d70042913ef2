"""Every kind of wait that the rules know can be seen, kept and set in a step's form (S2-9)."""

from typing import Any

import pytest

from leadfarm.nurture import forms
from leadfarm.nurture.actions import make_program
from leadfarm.nurture.actions.drafts import draft_of
from leadfarm.nurture.models import Program
from leadfarm.rules.programs import Node, NodeKind, parse
from leadfarm.rules.programs.waits import MODES, in_words, wait_fault
from tests.support.page_forms import forms_of
from tests.world import World

WAITS: list[dict[str, Any]] = [
    {"days": 5},
    {"days": 0.5},
    {"days": 1100},
    {"hours": 36},
    {"minutes": 90_000},
    {"minutes": 0.5},
    {"working_days": 3},
    {"until_date": "2026-12-31"},
    {"until_date": "2026-12-31", "at": "17:30"},
    {"until_weekday": "tuesday"},
    {"until_weekday": "sunday", "at": "10:00"},
    {"until_weekday": "friday", "at": "06:45:30"},
]
HUMAN = {
    "label": "Call",
    "task": "call",
    "side": "pd",
    "due_hours": 8,
    "dispositions": ["help-now"],
}
WAYS = {"otherwise": [], "timed-out": []}


def tree(wait: dict[str, Any]) -> dict[str, Any]:
    listen = {"event": "reply", "time_out": wait, "ways": {"happened": [], "timed-out": []}}
    return {
        "goal": None,
        "nodes": [
            {"key": "w", "kind": "wait", "label": "Wait", **wait},
            {"key": "l", "kind": "wait_for", "label": "Listen", **listen},
            {"key": "h", "kind": "human", **HUMAN, "time_out": wait, "ways": WAYS},
            {"key": "z", "kind": "exit", "label": "Out", "reason": "Over"},
        ],
    }


def made(world: World, wait: dict[str, Any]) -> Program:
    with world.inside():
        return make_program(world.workspace.id, in_words(wait), now=world.now, draft=tree(wait))


def said(world: World, program: Program) -> list[dict[str, Any]]:
    """What the three steps that last say in the draft about how long."""
    with world.inside():
        steps = parse(draft_of(Program.objects.get(id=program.id)))[0]
    found = []
    for key in "wlh":
        step = steps.find(key)
        assert step is not None
        settings = step.settings if key == "w" else step.settings["time_out"]
        found.append({name: settings[name] for name in (*MODES, "at") if name in settings})
    return found


def test_the_cases_are_every_kind_there_is() -> None:
    assert {name for wait in WAITS for name in wait} == {*MODES, "at"}
    assert dict(forms.LASTS).keys() == set(MODES)
    assert [wait_fault(wait) for wait in WAITS] == [""] * len(WAITS)


@pytest.mark.parametrize("wait", WAITS, ids=in_words)
def test_s2_9_saving_a_step_as_it_is_shown_keeps_its_wait(wait: dict[str, Any]) -> None:
    """The form is filled from the step, sent back as a page without scripts would, and kept."""
    step = Node("w", NodeKind.WAIT, "Wait", wait)
    shown = forms.WaitForm(initial=forms.initial_of(step))
    sent = {field.name: field.value() for field in shown}
    again = forms.WaitForm({name: str(value or "") for name, value in sent.items()})
    assert again.is_valid(), again.errors
    assert {name: it for name, it in again.settings().items() if it is not None} == {
        "label": "Wait",
        **wait,
    }


@pytest.mark.parametrize("wait", [WAITS[6], WAITS[8], WAITS[10]], ids=in_words)
def test_s2_9_a_page_saved_as_it_stands_keeps_every_wait_and_time_out(
    world: World, wait: dict[str, Any]
) -> None:
    program = made(world, wait)
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/")
    for key in "wlh":
        page = mei.get(f"{at}?step={key}").content.decode()
        (form,) = [each for each in forms_of(page, at) if each.action.endswith(f"/steps/{key}/")]
        boxes = {"dispositions": ["help-now"], "own_ways": []} if key == "h" else {}
        assert mei.post(form.action, {**form.fields, **boxes}).status_code == 302
    assert said(world, program) == [wait] * 3


def test_s2_9_a_wait_becomes_another_kind_and_a_fault_is_said_in_words(world: World) -> None:
    program = made(world, {"days": 5})
    mei, at = world.client(world.mei), world.address(f"programs/{program.id}/steps/w/")
    sent = {"label": "Wait", "amount": "5", "until_weekday": "monday"}
    mei.post(at, {**sent, "unit": "until_date", "until_date": "2027-01-08", "at": "08:00"})
    assert said(world, program)[0] == {"until_date": "2027-01-08", "at": "08:00"}
    mei.post(at, {**sent, "unit": "until_weekday", "until_weekday": "friday"})
    assert said(world, program)[0] == {"until_weekday": "friday"}
    for wrong, words in (
        ({"unit": "until_date", "until_date": ""}, "Say how long, or until when."),
        ({"unit": "days", "amount": "0"}, "The wait lasts no time."),
        ({"unit": "days", "amount": "2000"}, "Too long a wait."),
        ({"unit": "until_date", "until_date": "2027-13-40"}, "Enter a valid date."),
    ):
        assert words in mei.post(at, {**sent, **wrong}).content.decode()
    assert said(world, program)[0] == {"until_weekday": "friday"}
