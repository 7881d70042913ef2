"""The tree is walked and changed from the keyboard, and read by a screen reader (S2-9, UX 7)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from leadfarm.nurture.actions import draft_of, make_program
from leadfarm.nurture.models import Program
from leadfarm.rules.programs import NO_HAND_OFF
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def program(world: World) -> Program:
    with world.inside():
        return make_program(world.workspace.id, "Greeting", now=world.now, draft=NO_HAND_OFF)


@pytest.fixture
def page(world: World, program: Program, site: str, browser: "Browser") -> Iterator["Page"]:
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    page.set_default_timeout(9_000)
    page.goto(site + world.address(f"programs/{program.id}/?step=greet#node-greet"))
    yield page
    context.close()


def keys(world: World, program: Program) -> list[str]:
    with world.inside():
        tree: Any = draft_of(Program.objects.get(id=program.id))
    return [node["key"] for node in tree["nodes"]]


def here(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.id"))


def walk(page: "Page", *pressed: str) -> list[str]:
    seen = []
    for key in pressed:
        page.keyboard.press(key)
        seen.append(here(page).removeprefix("node-"))
    return seen


def press(page: "Page", key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state("load")


def test_the_arrows_walk_the_tree_and_enter_opens_a_step(page: "Page"):
    assert here(page) == "node-greet"
    assert page.evaluate("document.querySelectorAll('a.node[tabindex=\"0\"]').length") == 1
    walked = walk(page, "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowUp")
    assert walked == [
        "fast-track",
        "not-interested",
        "meeting",
        "not-interested",
        "greet",
        "program",
    ]
    assert walk(page, "End", "Home") == ["long-cycle", "program"]
    assert walk(page, "ArrowDown", "ArrowDown", "ArrowDown")[-1] == "wait-1"
    press(page, "Enter")
    assert "step=wait-1" in page.url
    assert here(page) == "step"
    assert walk(page, "Escape") == ["wait-1"]
    page.keyboard.press("?")
    assert page.get_by_text("Walk the tree").is_visible()
    page.keyboard.press("Escape")
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []


def test_steps_are_added_moved_copied_removed_and_brought_back(
    page: "Page", world: World, program: Program
):
    before = keys(world, program)
    walk(page, "ArrowUp", "ArrowDown")
    press(page, "Delete")
    assert keys(world, program) == before[1:]
    assert here(page) == "node-wait-1"
    press(page, "Control+z")
    assert keys(world, program) == before
    assert here(page) == "node-greet"
    press(page, "Control+Shift+z")
    press(page, "Control+z")
    press(page, "Control+c")
    press(page, "Control+v")
    assert keys(world, program) == [before[0], "human-1", *before[1:]]
    assert here(page) == "node-human-1"
    press(page, "Alt+ArrowDown")
    assert keys(world, program)[:3] == ["greet", "wait-1", "human-1"]
    press(page, "a")
    assert page.get_by_text("After “Greet”").is_visible()
    page.get_by_label("Name of the step").fill("Delete me")
    page.keyboard.press("Control+z")
    assert keys(world, program)[:3] == ["greet", "wait-1", "human-1"], "a field keeps its own undo"
