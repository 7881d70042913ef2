"""From a form to an order by clicking, as five people in turn, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, Workspace
from leadfarm.leads.models import Lead, Source
from leadfarm.nurture.actions import install_ready_made
from leadfarm.nurture.ticks import tick
from leadfarm.outreach.actions import save_sender
from leadfarm.outreach.ticks import send_due
from leadfarm.qualification.actions import deliver
from leadfarm.rules.codes import Side
from tests.qualification.conftest import agree, ready_lead
from tests.support.looking import look_at
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
NEED = "Quieter drives in hall 2"
LATER = f"{datetime.now(UTC) + timedelta(days=120):%Y-%m-%d}"  # far enough off to be a forecast


class Cast:
    """The workspace, and a tab for each of its people and for a visitor."""

    def __init__(self, world: World, browser: Browser, site: str) -> None:
        self.world, self.browser, self.site = world, browser, site
        self.tabs: dict[str, Page] = {}

    def tab(self, name: str) -> Page:
        """Return the tab of "mei", "ana", "tomas", "dora", "fred" or a visitor."""
        if name not in self.tabs:
            context = self.browser.new_context(base_url=self.site, reduced_motion="reduce")
            if name != "visitor":
                member: Member = getattr(self.world, name)
                cookie = self.world.client(member).cookies["leadfarm_session"].value
                context.add_cookies(
                    [{"name": "leadfarm_session", "value": cookie, "url": self.site}]
                )
            self.tabs[name] = context.new_page()
        return self.tabs[name]

    def goes(self, name: str, path: str) -> Page:
        """Let somebody open a page of the workspace."""
        tab = self.tab(name)
        tab.goto(self.world.address(path))
        return tab

    def days_pass(self, days: int) -> None:
        """Let the programs move and the mail go out, so many days from now."""
        at = datetime.now(UTC) + timedelta(days=days)
        with self.world.inside():
            tick(self.world.workspace.id, at)
            workspace = Workspace.objects.get(pk=self.world.workspace.pk)
        with self.world.as_worker():
            send_due(workspace, lambda: at)

    def lead(self) -> Lead:
        """Return the lead that came by the form."""
        with self.world.inside():
            return Lead.objects.of(self.world.workspace).get(need=NEED)


@pytest.fixture
def cast(world: World, browser: Browser, site: str) -> Iterator[Cast]:
    """A demo with a signed definition, the ready-made program, and a team that greets."""
    with world.inside():
        Workspace.objects.filter(pk=world.workspace.pk).update(is_demo=True)
        team = Team.objects.create(workspace=world.workspace, name="Greeters", side=Side.PD)
        Member.objects.of(world.workspace).filter(pk=world.ana.pk).update(team=team)
        source = world.source("Web")
        Source.objects.of(world.workspace).filter(pk=source.pk).update(greeting_team=team)
        install_ready_made(world.workspace.id, world.now)
        agree(world)
        save_sender(
            world.workspace,
            name="Norrvik",
            address="drives@norrvik.example",
            postal_address="Hamngatan 4, Helsingborg",
        )
    made = Cast(world, browser, site)
    yield made
    for tab in made.tabs.values():
        tab.context.close()


def test_a_lead_comes_by_a_form_and_leaves_as_an_order(cast: Cast) -> None:
    """S2-13, S2-17, S2-18, S1-19, S2-21: one record, one address, from the form to the order."""
    _a_visitor_asks(cast)
    _ana_greets_and_writes_down_the_budget(cast)
    _the_program_writes(cast)
    here = _ana_brings_it_to_sales(cast)
    _tomas_accepts_qualifies_and_wins(cast, here)
    _dora_and_mei_see_what_came_of_it(cast)
    _the_outside_firm_sees_only_its_own(cast)


def _a_visitor_asks(cast: Cast) -> None:
    tab = cast.goes("mei", "forms/")
    tab.locator("button[value=blank]").click()
    for question in ("given_name", "need"):
        tab.locator(f"button[value=add-{question}]").click()
        tab.locator(f"#preview [name={question}]").wait_for()
    tab.get_by_text("After sending").click()
    for name, value in {
        "name": "Talk to us",
        "slug": f"talk-{cast.world.slug}",
        "source": "Web",
        "thanks": "Thank you, we call today.",
    }.items():
        tab.locator(f"#build [name={name}]").fill(value)
    tab.get_by_role("button", name="Keep and open").click()
    tab.get_by_text("Open", exact=True).first.wait_for()
    visitor = cast.tab("visitor")
    visitor.goto(f"/f/talk-{cast.world.slug}/")
    visitor.locator("[name=email]").fill("vera@nordpump.example")
    visitor.locator("[name=given_name]").fill("Vera")
    visitor.locator("[name=need]").fill(NEED)
    visitor.wait_for_timeout(2100)  # faster is a machine
    visitor.locator("[type=submit]").click()
    visitor.get_by_text("Thank you, we call today.").wait_for()


def _ana_greets_and_writes_down_the_budget(cast: Cast) -> None:
    cast.days_pass(0)
    tab = cast.goes("ana", "today/")
    tab.get_by_role("heading", name="Vera").wait_for()
    tab.keyboard.press("2")
    assert tab.get_by_label("Connected – not now").is_checked()
    tab.locator("[name=said]").fill("180 thousand from April")
    tab.locator("[name=section]").select_option(label="Budget")
    tab.get_by_role("button", name="Complete, next task").click()
    tab.get_by_text("Nothing is waiting for you").wait_for()


def _the_program_writes(cast: Cast) -> None:
    cast.days_pass(0)
    cast.days_pass(4)
    tab = cast.goes("mei", "mailbox/")
    tab.get_by_role("heading", name="What others looked at first").wait_for()
    assert "Vera" in tab.locator("main").inner_text()
    link = tab.frame_locator("iframe").locator("a[href*='/u/']").get_attribute("href")
    assert link
    _a_phone_shows_what_can_be_refused(cast.tab("visitor"), link[link.index("/u/") :])


def _a_phone_shows_what_can_be_refused(visitor: Page, path: str) -> None:
    """S2-13: what a contact may choose can be read and pressed on a phone."""
    visitor.goto(path)
    look_at(visitor)
    visitor.set_viewport_size({"width": 375, "height": 812})
    box = visitor.get_by_text("Newsletter").bounding_box()
    assert box
    assert box["width"] > 60
    assert box["x"] + box["width"] <= 375


def _ana_brings_it_to_sales(cast: Cast) -> str:
    here = cast.world.address(f"leads/{cast.lead().id}/")
    mei = cast.tab("mei")
    mei.goto(here)
    mei.get_by_role("button", name="Change an owner").click()
    mei.locator("#set-owner [name=side]").select_option(label="Sales")
    mei.locator("#set-owner [name=member]").select_option(label="Tomas Okafor")
    with mei.expect_response(lambda answer: answer.request.method == "POST"):
        mei.get_by_role("button", name="Change", exact=True).click()
    tab = cast.tab("ana")
    tab.goto(here)
    _logs_a_talk(tab)
    _follow(tab, "Deliver", exact=False)
    look_at(tab)
    tab.get_by_role("button", name="Deliver").click()
    tab.get_by_text("Delivered to Tomas Okafor").wait_for()
    assert tab.url.endswith(here)
    return here


def _tomas_accepts_qualifies_and_wins(cast: Cast, here: str) -> None:
    tab = cast.tab("tomas")
    tab.goto(f"{here}brief/")
    assert "180 thousand" in tab.locator("main").inner_text()
    _follow(tab, "Open the lead", exact=False)
    _give_a_verdict(tab, "Accept")
    _logs_a_talk(tab)
    _give_a_verdict(tab, "Qualify", amount="85000", close_on=LATER)
    _give_a_verdict(tab, "Won", amount="90000")
    assert tab.url.endswith(here)
    assert tab.locator(".path [aria-current]").inner_text().startswith("Won")


def _logs_a_talk(tab: Page) -> None:
    tab.keyboard.press("c")
    tab.locator("#log-call [name=call-disposition]").select_option(label="Connected – help now")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Keep the call").click()


def _follow(tab: Page, link: str, *, exact: bool = True) -> None:
    """Press a link and be there: what is done next must not meet the page before."""
    with tab.expect_navigation():
        tab.get_by_role("link", name=link, exact=exact).click()


def _give_a_verdict(tab: Page, verb: str, **values: str) -> None:
    _follow(tab, verb)
    look_at(tab)
    for name, value in values.items():
        tab.locator(f"[name={name}]").fill(value)
    tab.get_by_role("button", name=verb).click()
    tab.wait_for_url(re.compile(r"/leads/\d+/$"))


def test_one_is_lost_to_a_competitor_and_looked_at_again(cast: Cast) -> None:
    """S1-2, law 3: a loss names its reason, the vendor and when to look again."""
    with cast.world.inside():
        lead = ready_lead(cast.world, "Nils Berg")
        deliver(lead, by=Actor.of(cast.world.ana), now=cast.world.now)
    tab = cast.goes("tomas", f"leads/{lead.id}/")
    _give_a_verdict(tab, "Accept")
    _logs_a_talk(tab)
    _give_a_verdict(tab, "Qualify", amount="85000", close_on=LATER)
    _follow(tab, "Lost")
    look_at(tab)
    tab.get_by_label("Lost to a competitor").check(force=True)
    tab.locator("[name=months]").fill("9")
    tab.get_by_role("button", name="Lost").click()
    tab.get_by_text("Say which vendor won it").wait_for()
    assert tab.get_by_label("Lost to a competitor").is_checked()
    tab.locator("[name=vendor]").fill("Ostwind Drives")
    tab.get_by_role("button", name="Lost").click()
    tab.wait_for_url(re.compile(r"/leads/\d+/$"))
    said = tab.locator("main").inner_text()
    assert "Ostwind Drives" in said
    assert "Resting: Lost" in said
    assert "Look again" in said


def _dora_and_mei_see_what_came_of_it(cast: Cast) -> None:
    board = cast.goes("dora", "scoreboard/").locator("main").inner_text()
    assert "90,000" in board
    row = cast.goes("mei", "campaigns/").get_by_role("row", name="Web")
    assert row.locator("[data-label=Won]").inner_text() == "1"


def _the_outside_firm_sees_only_its_own(cast: Cast) -> None:
    with cast.world.inside():
        cast.world.captures("Nils Berg", of="Granholm", firm=cast.world.firm)
    listed = cast.goes("fred", "leads/").locator("main").inner_text()
    assert "Granholm" in listed
    assert NEED not in listed
    answer = cast.tab("fred").goto(cast.world.address(f"leads/{cast.lead().id}/"))
    assert answer is not None
    assert answer.status == 404


def test_sales_gives_one_back_and_marketing_reads_why_at_once(cast: Cast) -> None:
    """S3-2, S0-11: a rejection names the criterion; marketing reads the words unedited."""
    with cast.world.inside():
        lead = ready_lead(cast.world, "Nils Berg")
        deliver(lead, by=Actor.of(cast.world.ana), now=cast.world.now)
    tab = cast.goes("tomas", f"leads/{lead.id}/")
    _follow(tab, "Reject")
    look_at(tab)
    tab.get_by_label("Criterion not met").check(force=True)
    tab.locator("[name=criterion]").select_option(index=1)
    tab.locator("[name=text]").fill("No budget: they only hope for one")
    tab.get_by_role("button", name="Reject").click()
    tab.get_by_text("No budget: they only hope for one").first.wait_for()
    assert "Nurturing" in tab.locator(".path [aria-current]").inner_text()
    mei = cast.goes("mei", f"leads/{lead.id}/")
    assert "No budget: they only hope for one" in mei.locator("main").inner_text()
