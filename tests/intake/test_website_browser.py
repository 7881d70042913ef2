"""A site of the company's own, on another port, embeds the script: consent first (law 8, S1-4)."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from leadfarm.intake.codes import RecognisedBy
from leadfarm.intake.hosting.design import asking
from leadfarm.intake.models import PageView, Visit, Visitor, Website
from leadfarm.intake.visits.deciding import WORDING, Decision, decide
from leadfarm.intake.visits.recognising import recognise
from leadfarm.intake.visits.telling import tell_visits
from leadfarm.leads.models import PersonalText, Touch
from leadfarm.rules.codes import TouchKind
from tests.intake.hosting import opened
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
HUMAN = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@contextmanager
def their_site(script: str) -> Iterator[str]:
    """Serve a company's site on a port of its own; every address is a page with the script."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = (
                f"<!doctype html><title>Page {self.path.partition('?')[0]}</title>"
                f'<script src="{script}" defer></script><p>Pumps</p><a href="/pumps">Pumps</a>'
            ).encode()
            self.send_response(200)
            # A site with a content policy of its own, as strict as ours, can embed it.
            host = script.partition("/t/")[0]
            policy = f"default-src 'self'; script-src {host}; connect-src {host}; frame-src {host}"
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def website(world: World, origin: str = "", *, shows_banner: bool = True) -> Website:
    told = Decision(True, [origin] if origin else [], shows_banner, WORDING, "Yes", "No", "", 90)
    with world.inside():
        return decide(world.workspace, told, by=world.mei, now=world.now)


class Guest:
    """Somebody on their site, and what their browser sent us."""

    def __init__(self, browser: "Browser", host: str, **options: Any) -> None:
        self.host = host
        self.context: BrowserContext = browser.new_context(user_agent=HUMAN, **options)
        self.page: Page = self.context.new_page()
        self.sent: list[dict[str, Any]] = []
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if request.method == "POST" and "/t/" in request.url:
            self.sent.append(json.loads(request.post_data))

    def stored(self) -> list[str]:
        local = self.page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
        return [*(cookie["name"] for cookie in self.context.cookies()), *local]

    def reads(self, path: str) -> None:
        self.page.goto(self.host + path, wait_until="load")
        self.page.wait_for_timeout(150)


def views(world: World, wanted: int) -> list[PageView]:
    until = time.monotonic() + 60
    while True:
        with world.inside():
            found = PageView.objects.of(world.workspace).select_related("page", "visit")
            rows = list(found.order_by("id"))
        if len(rows) == wanted or time.monotonic() > until:
            assert len(rows) == wanted, [row.page.path for row in rows]
            return rows
        time.sleep(0.1)


@pytest.fixture
def guest(world: World, site: str, browser: "Browser") -> Iterator[Guest]:
    made = website(world)
    with their_site(f"{site}/t/{made.key}.js") as host:
        website(world, host)
        visitor = Guest(browser, host)
        yield visitor
        visitor.context.close()


def test_nothing_is_stored_or_sent_before_consent_and_all_goes_after_withdrawal(
    guest: Guest, world: World
) -> None:
    guest.reads("/secret?token=1")
    banner = guest.page.get_by_role("region", name="Privacy")
    assert "May we note which pages" in banner.inner_text()
    assert (guest.sent, guest.stored()) == ([], [])
    guest.reads("/prices?utm_campaign=spring&card=4111&lf=no-word-of-ours")
    assert guest.page.url.endswith("/prices?utm_campaign=spring&card=4111")
    assert (guest.sent, guest.stored()) == ([], [])

    guest.page.get_by_role("button", name="Yes").click()
    first = views(world, 1)[0]
    assert (first.page.path, first.page.title) == ("/prices", "Page /prices")
    assert first.visit.utm == {"campaign": "spring"}
    assert "4111" not in json.dumps(guest.sent)
    assert guest.stored() == ["leadfarm"]
    guest.page.get_by_role("link", name="Pumps").click()
    guest.page.wait_for_url("**/pumps")
    guest.page.evaluate("history.pushState(null, '', '/pumps/small')")
    assert [one.page.path for one in views(world, 3)] == ["/prices", "/pumps", "/pumps/small"]
    with world.inside():
        proof = Visitor.objects.of(world.workspace).get()
        assert (proof.wording_version, proof.network) == (1, "127.0.0.0/24")

        lead = world.captures()
    now = datetime.now(UTC) + timedelta(seconds=20)
    with world.as_worker():
        key, who = str(proof.key), lead.contact_id or 0
        recognise(world.workspace.id, key, who, RecognisedBy.FORM, now=now)
        assert tell_visits(world.workspace.id, now) == 1
    with world.inside():
        text = PersonalText.objects.of(world.workspace).get(lead=lead, kind="visit")
        assert text.body.splitlines()[0] == "Page /prices · /prices"
        assert "secret" not in text.body  # read before consent

    guest.page.get_by_role("button", name="Privacy").click()
    guest.page.get_by_role("button", name="No").click()
    views(world, 0)
    assert "no" in [cookie["value"] for cookie in guest.context.cookies()]
    before = len(guest.sent)
    guest.reads("/pumps")
    assert len(guest.sent) == before
    guest.page.get_by_role("button", name="Privacy").wait_for()
    with world.inside():
        assert Visitor.objects.of(world.workspace).get().withdrawn_at is not None
        assert not Visit.objects.of(world.workspace).exists()
        assert not PersonalText.objects.of(world.workspace).filter(kind="visit").exists()
        kinds = Touch.objects.of(world.workspace).filter(lead=lead).values_list("kind", flat=True)
        assert TouchKind.PAGE_VISIT in set(kinds)


def test_global_privacy_control_and_refusal_are_honoured(
    guest: Guest, world: World, browser: "Browser"
) -> None:
    private = Guest(browser, guest.host)
    private.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
    )
    private.reads("/prices")
    private.page.evaluate("leadfarm.consent(true); leadfarm.page(); leadfarm.choose()")
    private.page.wait_for_timeout(300)
    assert private.page.get_by_role("button").count() == 0
    assert (private.sent, private.stored()) == ([], [])
    private.context.close()

    guest.reads("/prices")
    guest.page.get_by_role("button", name="No").click()
    guest.reads("/pumps")
    assert guest.sent == []
    assert [cookie["value"] for cookie in guest.context.cookies()] == ["no"]
    assert not guest.page.get_by_role("button", name="Yes").is_visible()  # it asks once
    guest.page.get_by_role("button", name="Privacy").click()
    guest.page.get_by_role("button", name="Yes").click()
    views(world, 1)


def test_strangers_are_not_heard(world: World, site: str, browser: "Browser") -> None:
    made = website(world, shows_banner=False)
    with their_site(f"{site}/t/{made.key}.js") as host:
        unnamed = Guest(browser, host)
        website(world, host.replace("127.0.0.1", "localhost"), shows_banner=False)
        unnamed.reads("/prices")
        with unnamed.page.expect_request(lambda told: told.method == "POST"):
            unnamed.page.evaluate("leadfarm.consent(true)")
        unnamed.page.wait_for_timeout(300)
        views(world, 0)  # reported, and refused: this origin was not named
        unnamed.context.close()


def test_the_sites_own_banner_decides(world: World, site: str, browser: "Browser") -> None:
    made = website(world, shows_banner=False)
    with their_site(f"{site}/t/{made.key}.js") as host:
        website(world, host, shows_banner=False)
        reader = Guest(browser, host)
        reader.reads("/prices")
        assert reader.page.get_by_role("button").count() == 0
        reader.page.evaluate("leadfarm.consent(true)")
        views(world, 1)
        reader.page.evaluate("leadfarm.consent(false)")
        views(world, 0)
        assert reader.stored() == []
        reader.context.close()


def test_the_page_website_gives_the_line_and_shows_what_arrives(
    guest: Guest, world: World, browser: "Browser", site: str
) -> None:
    guest.reads("/prices")
    guest.page.get_by_role("button", name="Yes").click()
    views(world, 1)
    context = browser.new_context()
    cookie = world.client(world.mei).cookies["leadfarm_session"].value
    context.add_cookies([{"name": "leadfarm_session", "value": cookie, "url": site}])
    page = context.new_page()
    page.goto(f"{site}{world.address('website/')}")
    line = page.locator("code").filter(has_text="<script").inner_text()
    assert re.fullmatch(rf'<script src="{site}/t/\w+\.js" defer></script>', line)
    page.get_by_role("row", name="Page /prices").wait_for()
    guest.reads("/pumps/new")
    page.get_by_role("row", name="Page /pumps/new").wait_for()
    context.close()


@pytest.mark.parametrize("framed", [False, True])
def test_a_form_says_who_the_visitor_is_by_a_link_or_in_a_frame(
    guest: Guest, world: World, site: str, framed: bool
) -> None:
    """Only their visits since the consent join the lead (S1-4)."""
    form = opened(world, asking(["need"]), framed_by=[urlsplit(guest.host).netloc])
    address = f"{site}/f/{form.slug}/"
    guest.reads("/before-consent")
    guest.page.get_by_role("button", name="Yes").click()
    guest.reads("/prices")
    views(world, 2)
    tag, told = ("iframe", {"src": f"{address}frame/"}) if framed else ("a", {"href": address})
    guest.page.evaluate(
        "([tag, told]) => document.body.append(Object.assign(document.createElement(tag),"
        " {textContent: 'Contact us', ...told}))", [tag, told],
    )  # fmt: skip
    page: Any = guest.page
    if framed:
        page = guest.page.frame_locator("iframe")
    else:
        page.get_by_role("link", name="Contact us").click()
    page.get_by_label("E-mail").fill("vera@nordpump.example")
    guest.page.wait_for_timeout(2_300)  # faster than anyone reads is a machine
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Thank you").first.wait_for()
    with world.as_worker():
        assert tell_visits(world.workspace.id, datetime.now(UTC) + timedelta(seconds=20)) == 1
    with world.inside():
        visitor = Visitor.objects.of(world.workspace).select_related("contact").get()
        assert visitor.contact is not None
        assert visitor.contact.email == "vera@nordpump.example"
        text = PersonalText.objects.of(world.workspace).get(kind="visit")
        assert [line.rpartition(" ")[2] for line in text.body.splitlines()] == [
            *("/before-consent", "/prices"),
        ]
