"""The list in a real browser: keys, the row that opens, the builder that redraws (UX 6 and 10)."""

from typing import TYPE_CHECKING

import pytest

from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(world: World, browser: "Browser", site: str) -> "Page":
    with world.inside():
        for name in ("Ines Hallbauer", "Núria Pons"):
            world.captures(name)
    context = browser.new_context(viewport={"width": 375, "height": 800}, base_url=site)
    cookie = world.client(world.ana).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    return context.new_page()


def test_keys_walk_and_select_and_a_row_opens_its_lead(world: World, page: "Page") -> None:
    page.goto(world.address("leads/"))
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-selected]").inner_text() == "1"
    page.keyboard.press("x")
    # The head's link lies over the whole row.
    page.locator("tbody tr").last.locator(".last").click(force=True)
    page.wait_for_url("**/leads/*/")
    page.context.close()


def test_the_builder_redraws_only_its_rows(world: World, page: "Page") -> None:
    page.goto(world.address("leads/"))
    page.get_by_text("Change conditions").click()
    page.get_by_role("button", name="Add a condition").first.click()
    field = page.locator("select[name='row-1-field']")
    field.select_option("heat")
    page.locator("input[name='row-1-value']").fill("40")
    assert "/leads/" in page.url
    assert "press" not in page.url
    page.get_by_role("button", name="Show these leads").click()
    page.wait_for_url("**f=*")
    assert "heat is at least 40" in page.locator("summary").first.inner_text()
    page.context.close()


@pytest.mark.parametrize("layout", ["list", "board"])
def test_nothing_hangs_over_a_phones_edge(world: World, page: "Page", layout: str) -> None:
    page.goto(world.address(f"leads/?layout={layout}"))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()
