"""The list of leads: what it shows is what was asked for, in any order, page after page (UX 6)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadfarm.leads.models import Lead, Standing
from leadfarm.leads.queries.listing import page as pages
from leadfarm.leads.queries.listing import sorts
from tests.world import World

ORDERS = [sign + name for name in sorts.SORTS for sign in ("", "-")]


@pytest.fixture
def farm(world: World) -> Iterator[World]:
    """Twelve leads that differ in all that is sorted by, some without a value."""
    with world.inside():
        for number in range(12):
            at = world.now - timedelta(days=number % 5, hours=number)
            lead = world.captures(f"Person {number:02}", of=f"Company {number % 4}", at=at)
            Lead.objects.of(world.workspace).filter(id=lead.id).update(
                amount=Decimal(number % 3) * 1000 if number % 2 else None,
                account_id=None if number == 7 else lead.account_id,
            )
            Standing.objects.of(world.workspace).filter(lead_id=lead.id).update(
                heat=None if number % 4 == 0 else float(number % 3), stage=1 + number % 3
            )
    return world


def listed(client: Client, world: World, **asked: str) -> list[str]:
    answer = client.get(world.address("leads/"), asked)
    assert answer.status_code == 200, answer.content
    return [row.person for row in answer.context["rows"]]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("walks", [False, True])
def test_every_page_of_every_order_follows_the_one_before(
    farm: World, order: str, walks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if walks:
        monkeypatch.setattr(pages, "ENOUGH", 3)
    client, seen = farm.client(farm.mei), []
    whole = listed(client, farm, sort=order)
    monkeypatch.setattr("leadfarm.leads.views.lists.PAGE", 5)
    address = farm.address(f"leads/?sort={order}")
    while address:
        answer = client.get(address)
        seen += [row.person for row in answer.context["rows"]]
        assert len(answer.context["rows"]) <= 5
        address = answer.context["next_page"]
    assert seen == whole
    assert len(set(seen)) == 12


def test_an_order_is_what_its_name_says_and_nothing_comes_last(farm: World) -> None:
    client = farm.client(farm.mei)
    for order in ("amount", "-amount"):
        rows = client.get(farm.address(f"leads/?sort={order}")).context["rows"]
        amounts = [row.amount for row in rows]
        known = [each for each in amounts if each is not None]
        assert known == sorted(known, reverse=order.startswith("-"))
        assert amounts[len(known) :] == [None] * (12 - len(known))


def test_a_page_costs_the_same_number_of_queries_however_many_leads(farm: World) -> None:
    client, counts = farm.client(farm.mei), []
    for _ in range(2):
        for layout in ("list", "board"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(farm.address(f"leads/?layout={layout}"))
            counts.append(len(queries))
        with farm.inside():
            for number in range(20):
                farm.captures(f"More {number}", of="Moreland")
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20


def test_a_filter_in_the_address_stands_as_a_sentence_and_is_kept(farm: World) -> None:
    clause = {"all": [{"field": "stage", "operator": "is", "value": "nurturing"}]}
    answer = farm.client(farm.mei).get(farm.address("leads/"), {"f": json.dumps(clause)})
    page = answer.content.decode()
    assert "Stage is Nurturing." in page
    assert {row.stage for row in answer.context["rows"]} == {"Nurturing"}
    assert all("nurturing" in head["href"] for head in answer.context["heads"] if "href" in head)


def test_a_filled_in_builder_becomes_an_address(farm: World) -> None:
    form = {"joined": "all", "row-0-field": "fit", "row-0-operator": "is_unknown"}
    answer = farm.client(farm.mei).get(farm.address("leads/"), form)
    assert answer.status_code == 302
    assert (
        urlencode({"f": '{"all":[{"field":"fit","operator":"is_unknown"}]}'}) in answer["Location"]
    )


def test_a_faulty_row_is_said_beside_it_and_nothing_is_lost(farm: World) -> None:
    form = {
        "joined": "all",
        "row-0-field": "heat",
        "row-0-operator": "at_least",
        "row-0-value": "x",
    }
    answer = farm.client(farm.mei).get(farm.address("leads/"), form)
    assert "&#x27;x&#x27; is no number" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "'; drop table leads_lead; --"},
        {"q": "' OR 1=1 --"},
        {"q": "%s %(workspace)s \\ \x00 ☃"},
        {"after": "WyInIE9SIDE9MSIsMV0"},
        {"after": sorts.pack(("2026-01-01' OR 'a'='a", 1))},
        {"after": sorts.pack((None, 2**70))},
        {"stage": "x' OR 1=1", "owner": "1 OR 1=1", "source": "-1"},
        {"columns": "person; drop", "layout": "../../etc"},
        {"view": "v999999999999999999999"},
    ],
)
def test_what_cannot_be_read_in_an_address_falls_back(farm: World, asked: dict[str, str]) -> None:
    answer = farm.client(farm.mei).get(farm.address("leads/"), asked)
    assert answer.status_code == 200
    if "q" not in asked:
        assert len(answer.context["rows"]) == 12


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[" * 4000,
        '{"all":[{"field":"1=1","operator":"is","value":"x"}]}',
        '"x"',
        "{}",
        "x" * 9000,
    ],
)
def test_a_filter_that_cannot_be_used_is_said_and_shows_nothing(farm: World, text: str) -> None:
    answer = farm.client(farm.mei).get(farm.address("leads/"), {"f": text})
    assert answer.status_code == 400
    assert "This filter cannot be used" in answer.content.decode()
    assert "rows" not in answer.context


def test_values_of_a_clause_are_never_sql(farm: World) -> None:
    bad = "x' OR true --"
    clause = {"all": [{"field": "country", "operator": "is", "value": bad}]}
    assert listed(farm.client(farm.mei), farm, f=json.dumps(clause)) == []


def test_law_9_a_firm_lists_searches_boards_and_exports_only_its_own(farm: World) -> None:
    with farm.inside():
        farm.captures("Only Theirs", of="Firmland", firm=farm.firm)
    fred = farm.client(farm.fred)
    assert listed(fred, farm) == ["Only Theirs"]
    assert listed(fred, farm, q="pers") == []
    assert listed(fred, farm, sort="account") == ["Only Theirs"]
    board = fred.get(farm.address("leads/?layout=board")).context["board"]
    assert sum(lane["count"] for lane in board) == 1
    sent = b"".join(fred.get(farm.address("leads.csv")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Only Theirs" in sent
    assert "Person" not in sent


def test_the_board_counts_what_the_list_lists(farm: World) -> None:
    client = farm.client(farm.mei)
    board = client.get(farm.address("leads/?layout=board")).context["board"]
    assert sum(lane["count"] for lane in board) == 12
    assert [lane["value"] for lane in board if lane["title"] == "Nurturing"] == [""]
    asked = {"layout": "board", "q": "Person 03"}
    found = client.get(farm.address("leads/"), asked).context["board"]
    assert [card["sub"] for lane in found for card in lane["cards"]] == ["Person 03, Company 3"]
