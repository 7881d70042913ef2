"""Every page in a real browser: no accessibility violation, nothing wider than a phone.

The addresses come from the resolver, so a new page is looked at by itself. Everything that can be
opened is opened: folded parts, dialogs and menus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.test import Client

from tests.access.every_url import Address, Street, every_address, make_street
from tests.support.looking import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
# Files, the page that signs out, and the gallery, which is looked at in tests/ui.
NO_PAGES = {"leads:export", "intake:errors", "account_logout", "ui:gallery"}
# Frames have a style of their own and stand on pages that are walked.
FRAMES = {"outreach:version", "outreach:preview", "outreach:mailbox-mail"}
WALKED = [one for one in every_address() if one.name not in NO_PAGES | FRAMES]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


@pytest.fixture(scope="module")
def street(database: str) -> Street:
    return make_street()


@pytest.fixture(scope="module")
def client(street: Street) -> Client:
    """The admin, who sees the most."""
    return street.world.client(street.world.ada)


@pytest.fixture(scope="module")
def tab(client: Client, browser: Browser, site: str) -> Iterator[Page]:
    """One tab in which the admin is signed in."""
    # Colours that fade from one theme to the other would be measured halfway.
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    cookie = client.cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", WALKED, ids=lambda one: one.name)
def test_no_page_has_a_violation_or_scrolls_sideways(
    street: Street, client: Client, tab: Page, address: Address
) -> None:
    """DESIGN 11: zero violations of axe in both themes; every page works at 375 px."""
    path = _path(street, address)
    if _is_a_page(client, path):
        tab.emulate_media(color_scheme="light")
        tab.goto(path)
        assert "---------" not in tab.content(), "A choice says nothing: give it words."
        look_at(tab)


@pytest.mark.parametrize("template", ERRORS)
def test_no_error_page_has_a_violation(tab: Page, template: str) -> None:
    page = {"body": render_to_string(template), "content_type": "text/html"}
    tab.route("**/an-error/", lambda route: route.fulfill(**page))
    tab.goto("/an-error/")
    tab.unroute("**/an-error/")
    look_at(tab)


def _is_a_page(client: Client, path: str) -> bool:
    """Return whether it answers with a page of its own. What only takes posts does not.

    A page that this row is not fit for sends one elsewhere, to a page that is walked anyway.
    """
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code < 500, path
    if answer.streaming or answer.status_code in (301, 302, 405):
        return False
    return b"<html" in answer.content  # else a part of a page, fetched by it, or a file


def _path(street: Street, address: Address) -> str:
    if address.is_inside:
        return address.to(street.world.slug, street.rows)
    form: Any = street.rows[apps.get_model("intake.Form")]
    path = address.path.replace("<slug:slug>", form.slug)
    # allauth has regular expressions of its own; any word fills them.
    return "/" + re.sub(r"\(\?P<[^>]*>[^)]*\)|<[^>]*>", "1", path).strip("^$")
