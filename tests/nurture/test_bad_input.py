"""A program that cannot work is not published: every fault at once, by the step's name (S2-9)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Member
from leadfarm.nurture.actions import FaultyProgram, make_program, publish
from leadfarm.nurture.models import Program, ProgramVersion
from leadfarm.outreach.actions import make_template
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOOT = "\n{{ postal_address }} {{ unsubscribe_url }}"
LETTERS = {
    "Endless": "{% for i in (1..1000000000) %}x{% endfor %}" + FOOT,
    "Explodes": "{% assign a = 'xxxxxxxx' %}{% for i in (1..400) %}"
    "{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}" + FOOT,
    "No way out": "Hello\n{{ postal_address }}",
}


def message(key: str, template: str) -> dict[str, Any]:
    return {"key": key, "kind": "message", "label": f"Mail {key}", "template": template}


def tree() -> dict[str, Any]:
    loop = [{"key": "again", "kind": "go_to", "label": "Again", "to": "fork"}]
    fork = {
        "key": "fork",
        "kind": "branch",
        "label": "Fork",
        "when": {"hot": {"field": "heat_level", "operator": "at_least", "value": "hot"}},
        "ways": {"hot": loop, "otherwise": []},
    }
    task = {
        "key": "visit",
        "kind": "human",
        "label": "Visit them",
        "task": "greet",
        "side": "sales",
        "dispositions": ["help-now"],
        "time_out": {"days": 2},
        "ways": {"otherwise": [], "timed-out": []},
    }
    away = {"key": "away", "kind": "go_to", "label": "Go away", "to": "nowhere"}
    letters = [message(f"m{n}", name) for n, name in enumerate([*LETTERS, "Missing"])]
    end = {"key": "end", "kind": "exit", "label": "End", "reason": "Came to the end"}
    late = {**end, "key": "late", "label": "Never reached"}
    return {
        "goal": None,
        "nodes": [fork, task, *letters, {"key": "u", "kind": "update"}, away, end, late],
    }


SAID = {
    "fork": "Step 'Fork' is in a loop that takes no time.",
    "visit": "Step 'Visit them' is for Sales, where nobody is.",
    "m0": "Step 'Mail m0' uses template 'Endless', which cannot be sent. Body, line 1: it would",
    "m1": "Step 'Mail m1' uses template 'Explodes', which cannot be sent. Body",
    "m2": "Step 'Mail m2' uses template 'No way out', which cannot be sent. Body: no way to unsub",
    "m3": "Step 'Mail m3' uses template 'Missing', which does not exist.",
    "u": "Step 'Update' sets nothing.",
    "away": "Step 'Go away' leads to 'nowhere', which does not exist.",
    "late": "No path leads to step 'Never reached'.",
}


@pytest.fixture
def bad(world: World) -> Program:
    """Return a program with one fault of each kind, in a company without sales people."""
    with world.inside():
        for name, body in LETTERS.items():
            make_template(world.workspace, name, now=world.now, subject="Hello", body=body)
        Member.objects.filter(id=world.tomas.id).update(left_at=world.now - timedelta(days=1))
        return make_program(world.workspace.id, "Bad", now=world.now, draft=tree())


def test_every_fault_is_listed_at_once_with_the_step_and_what_to_do(world: World, bad: Program):
    with world.inside():
        with pytest.raises(FaultyProgram) as refused:
            publish(bad, by=SCHEDULE, now=world.now)
        assert not ProgramVersion.objects.of(world.workspace).exists()
    faults = refused.value.faults
    for key, said in SAID.items():
        [mine] = [fault for fault in faults if fault.where == key and fault.what.startswith(said)]
        assert mine.what_to_do
    page = world.client(world.mei).get(world.address(f"programs/{bad.id}/")).content.decode()
    for fault in faults:
        assert fault.what_to_do in page


@pytest.mark.browser
def test_the_list_leads_to_each_step_and_nothing_can_be_published(
    world: World, bad: Program, browser: "Browser", site: str
):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(world.address(f"programs/{bad.id}/"))
    assert page.get_by_role("button", name="Publish version 1").is_disabled()
    listed = page.locator("#faults li").all_inner_texts()
    for said in SAID.values():
        assert any(line.startswith(said) for line in listed)
    page.locator("#faults").get_by_text("is for Sales, where nobody is").click()
    assert page.locator("#step-title").inner_text() == "Visit them"
    context.close()


@pytest.mark.browser
def test_conditions_are_edited_by_keyboard_and_the_sentence_follows(
    world: World, bad: Program, browser: "Browser", site: str
):
    context = browser.new_context(viewport={"width": 375, "height": 800}, base_url=site)
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(world.address(f"programs/{bad.id}/?step=fork"))
    for name, value in (("field", "timeline"), ("operator", "is_known")):
        asked = page.locator(f"[name='way-0.row-0-{name}']")
        asked.select_option(value)
        # The row as it was drawn anew: the choice is written in it.
        asked.locator(f"option[value='{value}'][selected]").wait_for(state="attached")
    page.get_by_text("Timeline is known.").wait_for()
    page.locator("[name='way-0-name']").fill("planned")
    page.keyboard.press("Enter")
    page.get_by_text("is kept in the draft").wait_for()
    assert page.locator("[name='way-0-name']").input_value() == "planned"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
