"""The browser tests have a browser and a server that answers."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
def test_a_real_browser_reaches_a_real_server(browser: "Browser", site: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{site}/healthz")
    assert answer is not None
    assert answer.status == 200
    assert page.inner_text("body").strip() == "ok"
    page.close()
