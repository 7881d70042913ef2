"""The gallery in a real browser: accessible, without mouse, at both widths, in both themes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.looking import violations
from tests.ui.conftest import ORIGIN, answer

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 375])
def test_no_accessibility_violation(page: Open, width: int, dark: bool) -> None:
    """DESIGN 11: zero violations found by axe-core, nothing wider than the screen."""
    tab = page("/gallery/", width=width, dark=dark)
    assert violations(tab) == ""
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_floats_is_accessible_too(page: Open, dark: bool) -> None:
    tab = page("/gallery/", dark=dark)
    tab.locator("[popovertarget=account-menu]").click()
    assert violations(tab, "#account-menu") == ""
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert violations(tab, "#shortcuts") == ""


def test_without_scripts_everything_can_be_read(browser: Any) -> None:
    """DESIGN 11: no JavaScript is needed for reading; folded touches open by themselves."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.route("**/*", answer)
    tab.goto(ORIGIN + "/gallery/")
    assert tab.get_by_role("heading", name="Components").is_visible()
    tab.get_by_text("9 automatic touches").click()
    assert tab.get_by_text("Click by a link scanner, not counted").first.is_visible()
    context.close()


def test_a_toast_leaves_by_its_button_and_an_alarm_stays(page: Open) -> None:
    tab = page("/gallery/")
    assert tab.locator("[data-toast].bad").get_attribute("role") == "alert"
    tab.locator("[data-toast]:not(.bad) [data-dismiss]").click()
    assert tab.locator("[data-toast]").count() == 1


def test_the_page_keeps_its_own_content_policy(page: Open) -> None:
    tab = page("/gallery/")
    assert [said for said in tab.complaints if "Content Security" in said] == []


def test_the_icons_of_the_sprite_are_drawn(page: Open) -> None:
    tab = page("/gallery/")
    drawn = "document.querySelector('#type svg.icon use').getBoundingClientRect().width > 0"
    for _ in range(100):  # they come in a file of their own, perhaps after the page
        if tab.evaluate(drawn):
            return
        tab.wait_for_timeout(100)
    pytest.fail("The icons of the sprite are not drawn.")


def test_a_chosen_theme_is_kept_and_does_not_flash(page: Open) -> None:
    tab = page("/gallery/")
    tab.locator("[popovertarget=account-menu]").click()
    tab.locator("[data-theme-choice=dark]").click()
    tab.reload(wait_until="commit")
    tab.wait_for_selector("body")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_keyboard_opens_help_searches_and_chooses(page: Open) -> None:
    """CAPABILITIES E-2, E-10: "?" lists shortcuts, a single key picks the outcome, j moves on."""
    tab = page("/gallery/")
    # The gallery shows a field that is wrong, and a page leads there first.
    assert tab.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    tab.locator("#shortcuts").wait_for()
    tab.keyboard.press("Escape")
    tab.locator("#shortcuts").wait_for(state="hidden")
    tab.keyboard.press("5")
    assert tab.locator("input[name=outcome][value='5']").is_checked()
    tab.keyboard.press("j")
    assert tab.evaluate("Boolean(document.activeElement.closest('[data-row]'))")


def test_a_key_right_after_a_page_opened_goes_nowhere_without_a_g(page: Open) -> None:
    """E-2: who judges quickly presses the next key before the page is a second old."""
    tab = page("/gallery/")
    tab.evaluate("""() => {
        window.went = [];
        document.body.insertAdjacentHTML("beforeend", "<a href='#gone' data-go='n'>Away</a>");
        document.querySelector("[data-go=n]").addEventListener("click", () => went.push("n"));
        performance.now = () => 300;
    }""")
    tab.keyboard.press("Escape")
    tab.keyboard.press("n")
    assert tab.evaluate("went") == []
    tab.keyboard.press("g")
    tab.keyboard.press("n")
    assert tab.evaluate("went") == ["n"]


def test_typing_into_a_field_is_never_a_shortcut(page: Open) -> None:
    tab = page("/gallery/")
    tab.locator("#id_company").fill("")
    tab.locator("#id_company").press_sequentially("5?j")
    assert tab.locator("#id_company").input_value() == "5?j"
    assert not tab.locator("#shortcuts").is_visible()


def test_the_bulk_bar_counts_what_is_chosen(page: Open) -> None:
    tab = page("/gallery/")
    tab.locator("[data-all]").check()
    assert tab.locator("[data-selected]").inner_text() == "2"
    tab.locator("[data-clear]").click()
    assert not tab.locator("[data-bulk]").is_visible()


def test_a_menu_opens_beside_its_button_and_takes_the_arrows(page: Open) -> None:
    tab = page("/gallery/")
    button = tab.locator("[popovertarget=gallery-menu]")
    button.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.closest('#gallery-menu')")
    tab.keyboard.press("ArrowDown")
    assert "Note" in tab.evaluate("document.activeElement.textContent")
    menu, at = tab.locator("#gallery-menu").bounding_box(), button.bounding_box()
    assert abs(menu["x"] - at["x"]) < 2


def test_fingers_get_44_pixels(page: Open) -> None:
    tab = page("/gallery/", width=375)
    small = tab.evaluate(
        """[...document.querySelectorAll('.button:not(.small), .input:not(textarea)')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
