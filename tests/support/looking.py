"""What is wrong with how a page looks: what axe finds, what hangs over a phone's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE, DESK = 375, 1440
CONTRAST = ["color-contrast"]
# Frames have a style of their own. Only violations are told: what passes is long and unread.
AXE = """([where, rules]) => axe.run(where ?? document, {
    resultTypes: ['violations'], iframes: false, ...(rules ? { runOnly: rules } : {}),
  }).then(found => ({ violations: found.violations }))"""
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"
# The dialogs and popovers as they are written, but for their forms' tokens.
FLOATING = """[...document.querySelectorAll('dialog, [popover]')].map(
  one => one.outerHTML.replaceAll(/name="csrfmiddlewaretoken" value="[^"]*"/g, ''))"""
OPEN = """number => (one => { if (one.open) one.close();
  one.tagName === 'DIALOG' ? one.showModal() : one.showPopover();
  one.setAttribute('data-looked-at', '');
})(document.querySelectorAll('dialog, [popover]')[number])"""
CLOSE = """(one => { one.tagName === 'DIALOG' ? one.close() : one.hidePopover();
  one.removeAttribute('data-looked-at'); })(document.querySelector('[data-looked-at]'))"""
# The shell's menus and dialogs stand on every page: the same one is looked at once.
looked_at: set[str] = set()


def violations(tab: Page, where: str | None = None, rules: list[str] | None = None) -> str:
    """Return what axe finds in the page, or in this part of it; "" when nothing is wrong."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe.Axe().axe_script)
    found: Any = axe.AxeResults(tab.evaluate(AXE, [where, rules]))
    return str(found.generate_report()) if found.violations_count else ""


def look_at(tab: Page) -> None:
    """Fail where axe finds something in this page, in either theme, or it scrolls sideways."""
    tab.wait_for_load_state()  # a link that was just pressed may still be on its way
    tab.set_viewport_size({"width": PHONE, "height": 812})
    assert too_wide(tab) == []
    tab.evaluate(UNFOLD)
    assert too_wide(tab) == []
    tab.set_viewport_size({"width": DESK, "height": 900})
    for theme, rules in (("light", None), ("dark", CONTRAST)):
        tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found = violations(tab, rules=rules)
        assert not found, f"{tab.url}, {theme}: {found}"
    _look_at_what_floats(tab)


def _look_at_what_floats(tab: Page) -> None:
    for number, written in enumerate(tab.evaluate(FLOATING)):
        if written in looked_at:
            continue
        tab.evaluate(OPEN, number)
        found = violations(tab, "[data-looked-at]")
        assert not found, f"{tab.url}: {found}"
        tab.evaluate(CLOSE)
        looked_at.add(written)


def too_wide(tab: Page) -> list[str]:
    """Return what reaches over the right edge, if the page scrolls sideways."""
    found: list[str] = tab.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        ['the page', ...[...document.querySelectorAll('body *')]
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 90)).slice(0, 5)]"""
    )
    return found
