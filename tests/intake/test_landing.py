"""A company's own pages in a browser: sharing made comfortable, on its site and inside others'."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from leadfarm.intake.actions.hosting import add_host
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.hosting.ready_made import READY_MADE
from leadfarm.intake.models import Form, Receipt, Submission
from leadfarm.intake.views.hosted_forms import snippet
from leadfarm.leads.models import Contact
from tests.intake.hosting import opened
from tests.support.looking import violations
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAPER = READY_MADE["paper"].design
# Nobody fills in a form faster than this.
READING = 2200
VERA = {"Work e-mail": "vera@nordpump.example", "First name": "Vera", "Company": "Nordpump"}


@contextmanager
def other_site(body: str) -> Iterator[str]:
    """Serve one page on an origin of its own; give its address."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f"<!doctype html><html lang=en><title>Elsewhere</title><body>{body}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.replace(b"PORT", str(self.server.server_port).encode()))  # type: ignore[attr-defined]

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_s2_3_a_landing_page_asks_something_new_on_visit_2(
    browser: Browser, site: str, world: World
) -> None:
    """Progressive profiling, a privacy notice, no JavaScript needed, no accessibility violation;
    and never a stored value on the page: a shared computer tells nothing.
    """
    form = opened(world, PAPER)
    plain = browser.new_context(base_url=site, java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"/f/{form.slug}/")
    assert page.get_by_text("uses what you enter to answer you").is_visible()
    assert page.get_by_label("Job title").count() == 0
    page.wait_for_timeout(READING)
    for label, value in VERA.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("Remember me on this device").check()
    page.get_by_role("button", name="Send me the paper").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.goto(f"/f/{form.slug}/")
    page.get_by_text("Good to see you again").wait_for()
    for known in ("Work e-mail", "First name", "Company"):
        assert page.get_by_label(known).count() == 0
    for new in ("Last name", "Job title", "Phone"):
        assert page.get_by_label(new).count() == 1
    assert page.get_by_role("group", name="When do you want to decide?").count() == 1
    assert not {"Vera", "Nordpump"} & set(page.content().replace("<", " ").split())
    cookies = plain.cookies()
    page.wait_for_timeout(READING)
    page.get_by_label("Job title").fill("Head of production")
    page.get_by_role("button", name="Send me the paper").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    with world.inside():
        vera = Contact.objects.of(world.workspace).get()
        assert (vera.email, vera.job_title) == ("vera@nordpump.example", "Head of production")
        assert Submission.objects.of(world.workspace).count() == 2
    plain.close()
    scripted = browser.new_context(base_url=site, reduced_motion="reduce")
    scripted.add_cookies(cookies)  # type: ignore[arg-type]
    page = scripted.new_page()
    page.goto(f"/f/{form.slug}/")
    assert page.get_by_label("Job title").count() == 0
    assert violations(page) == ""
    page.get_by_role("button", name="Not you? Start afresh").click()
    page.get_by_label("Work e-mail").wait_for()
    assert violations(page) == ""
    scripted.close()


def test_a_form_inside_a_page_of_another_origin_is_sent(
    browser: Browser, site: str, world: World
) -> None:
    """Only a host that the form names may frame it; the frame is as tall as the form.

    It takes the place of the link, and promises no memory that browsers keep from frames.
    """
    form = opened(world, replace(PAPER, remembers=True))
    with other_site(f"<h1>Our site</h1>{snippet(form, site)}") as elsewhere:
        _name(world, form, elsewhere)
        page = browser.new_page()
        page.goto(f"{elsewhere}/offers?utm_campaign=fair&utm_source=site")
        frame = page.frame_locator("iframe")
        frame.get_by_label("Work e-mail").wait_for()
        page.wait_for_function("document.querySelector('iframe').clientHeight > 400")
        assert (page.locator("a").count(), frame.get_by_label("Remember me").count()) == (0, 0)
        page.wait_for_timeout(READING)
        frame.get_by_label("Work e-mail").fill("vera@nordpump.example")
        frame.get_by_role("button", name="Send me the paper").click()
        frame.get_by_role("heading", name="Thank you").wait_for()
        stranger = elsewhere.replace("127.0.0.1", "localhost")
        page.goto(f"{stranger}/offers")
        page.wait_for_timeout(500)
        assert frame.get_by_label("Work e-mail").count() == 0
        page.close()
    with world.inside():
        receipt = Receipt.objects.of(world.workspace).get()
        assert receipt.state == ReceiptState.CAPTURED
        origin = Submission.objects.of(world.workspace).get().origin
        assert (origin["utm_campaign"], origin["page"]) == ("fair", "127.0.0.1/offers")


def _name(world: World, form: Form, elsewhere: str) -> None:
    host = elsewhere.removeprefix("http://")
    with world.inside():
        add_host(world.workspace, host, now=world.now)
        Form.objects.of(world.workspace).update(framed_by=[host])
    framed = Client().get(f"/f/{form.slug}/frame/")
    assert f"frame-ancestors {elsewhere}" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    alone = Client().get(f"/f/{form.slug}/")
    assert "frame-ancestors 'none'" in alone["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "DENY"


def test_the_builder_shows_at_once_what_visitors_will_see(
    browser: Browser, site: str, world: World
) -> None:
    form = opened(world, replace(PAPER, remembers=True))
    context = browser.new_context(base_url=site)
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(world.address(f"forms/{form.pk}/builder/"))
    preview = page.locator("#preview")
    page.get_by_label("Headline").fill("Quieter drives")
    preview.get_by_text("Quieter drives").wait_for()
    page.get_by_role("button", name="Move Company up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText").strip() == "Move Company up"
    second = preview.locator(".landing-questions label").nth(1)
    second.filter(has_text="Company").wait_for()
    page.locator("summary", has_text="Looks").click()
    page.get_by_role("button", name="Own: one of a list").click()
    page.locator("summary", has_text="New question").wait_for()
    open_parts = page.locator("details[open] > summary").all_inner_texts()
    assert [one.splitlines()[0] for one in open_parts] == ["New question", "Looks"]
    page.get_by_label("Question", exact=True).last.fill("How large is your team?")
    page.get_by_label("Answers to choose from").last.fill("1 to 9\n10 and more")
    page.get_by_role("button", name="Keep and show it").click()
    page.get_by_text("Visitors see it from now on").wait_for()
    page.goto(f"/f/{form.slug}/")
    assert page.get_by_role("heading", name="Quieter drives").is_visible()
    assert page.get_by_label("10 and more").is_visible()
    context.close()
