"""Spend is booked by campaign or source, and moves cost per qualified opportunity (S0-2, D-1)."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from leadfarm.insight.queries.origins import origins
from leadfarm.insight.queries.period import all_time
from leadfarm.intake.models import Spend
from leadfarm.leads.models import Campaign, Lead, StageChange
from leadfarm.rules.codes import Origin
from leadfarm.rules.stages import Stage, passed_stages
from tests.queries import assert_constant_queries
from tests.world import World


def qualified(world: World, name: str) -> None:
    """One lead of the fair whose history, told by a file, reached Qualified."""
    at = world.now - timedelta(days=20)
    lead = world.captures(name, at=at, source="Fair")
    Lead.objects.of(world.workspace).filter(id=lead.id).update(origin=Origin.IMPORTED)
    for stage in passed_stages(Stage.QUALIFIED):
        StageChange.objects.create(
            workspace=world.workspace, lead=lead, to_stage=stage, origin=Origin.IMPORTED,
            happened_at=at, known_at=world.now, recorded_at=world.now, actor_kind="import",
            because="told by a file",
        )  # fmt: skip


def cost(world: World) -> Decimal | None:
    with world.inside():
        found = origins(world.workspace, all_time(world.now), "source")
    return next(one for one in found if one.name == "Fair").cost_per_qualified


def books(browser: Client, world: World, place: str, **more: str) -> Any:
    day = f"{world.now:%Y-%m-%d}"
    told = {"place": place, "kind": "1", "amount": "600.50", "from_day": day, "until_day": ""}
    return browser.post(world.address("spend/"), told | more)


@pytest.fixture
def fair(world: World) -> str:
    """The place of a fair with two qualified leads."""
    with world.inside():
        qualified(world, "Vera Lind")
        qualified(world, "Otto Brandt")
        return f"source-{world.source('Fair').id}"


def test_s0_2_booked_spend_moves_the_cost_per_qualified_opportunity(
    world: World, fair: str
) -> None:
    browser = world.client(world.mei)
    assert cost(world) is None
    assert books(browser, world, fair).status_code == 302
    assert cost(world) == Decimal("300.25")
    page = browser.get(world.address("spend/")).content.decode()
    assert "600.50" in page
    number = re.search(r"spend/(\d+)/delete/", page)
    assert number is not None
    page = browser.post(world.address(f"spend/{number[1]}/delete/"), follow=True).content.decode()
    assert cost(world) is None
    undo = re.search(r'action="([^"]+restore/[^"]+)"', page)
    assert undo is not None
    browser.post(undo[1])
    assert cost(world) == Decimal("300.25")


def test_spend_that_cannot_be_is_refused_in_words(world: World, fair: str) -> None:
    browser = world.client(world.mei)
    answers = [
        (books(browser, world, "source-1"), "Select a valid choice"),
        (books(browser, world, fair, amount="-1"), "greater than or equal to 0"),
        (books(browser, world, fair, until_day="2020-01-01"), "before the first day"),
        (books(browser, world, fair, from_day="0026-01-01"), "Correct the year"),
    ]
    for answer, words in answers:
        assert words in answer.content.decode()
    with world.inside():
        assert not Spend.objects.of(world.workspace).exists()


def test_only_those_who_lead_marketing_book_spend(world: World, fair: str) -> None:
    for who in (world.mei, world.dora, world.ada):
        assert books(world.client(who), world, fair).status_code == 302
    for who in (world.ana, world.tomas, world.fred):
        assert books(world.client(who), world, fair).status_code in (403, 404)
        assert "Plan a campaign" not in (
            world.client(who).get(world.address("campaigns/")).content.decode()
        )
    with world.inside():
        assert Spend.objects.of(world.workspace).count() == 3


def test_what_was_taken_out_comes_back_in_its_own_workspace_only(world: World) -> None:
    browser = world.client(world.mei)
    assert browser.post(world.address("spend/restore/?kept=forged")).status_code == 404


def test_s3_11_a_campaign_is_planned_and_its_spend_stands_beside_its_budget(world: World) -> None:
    browser = world.client(world.mei)
    plan = {
        "name": "Spring fair", "audience": "Plant managers", "offer": "A drive audit",
        "starts_on": "2026-03-01", "ends_on": "2026-04-30", "budget": "500",
        "goal_cost_per_qualified": "250",
    }  # fmt: skip
    answer = browser.post(world.address("campaigns/new/"), plan)
    assert answer.status_code == 302, answer.content.decode()
    with world.inside():
        made = Campaign.objects.of(world.workspace).get(name="Spring fair")
    assert (made.audience, made.budget, made.goal_cost_per_qualified) == (
        "Plant managers", Decimal(500), Decimal(250),
    )  # fmt: skip
    books(browser, world, f"campaign-{made.id}", kind="4")
    page = browser.get(answer["Location"]).content.decode()
    assert "600.50" in page
    assert "more than its budget" in page
    assert 'value="2026-03-01"' in page
    listed = browser.get(world.address("campaigns/?by=campaign")).content.decode()
    assert answer["Location"] in listed
    twice = browser.post(world.address("campaigns/new/"), plan).content.decode()
    assert "Another campaign has this name" in twice
    ends = browser.post(answer["Location"], plan | {"ends_on": "2026-02-01"}).content.decode()
    assert "before it starts" in ends


def test_the_page_takes_as_many_statements_for_one_booking_as_for_many(
    world: World, fair: str
) -> None:
    browser = world.client(world.mei)
    books(browser, world, fair)

    def grow() -> None:
        for number in range(5):
            with world.inside():
                place = f"campaign-{world.campaign(f'Fair {number}').id}"
            books(browser, world, place)

    assert_constant_queries(browser, world.address("spend/"), grow)
