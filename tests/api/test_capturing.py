"""The capture API: each lead once, errors that name the field, never ready by API (S1-4, S0-3)."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Contact, Lead, Touch
from tests.api.caller import Caller, caller
from tests.world import World

VERA = {"email": "Vera@nordpump.example", "full_name": "Vera Lind", "company": "Nordpump"}


@pytest.fixture
def us(world: World) -> Caller:
    return caller(world)


def touches(world: World) -> int:
    with world.inside():
        return Touch.objects.of(world.workspace).count()


def test_s1_4_a_lead_comes_in_is_read_and_has_its_touches(world: World, us: Caller) -> None:
    told = {**VERA, "need": "Drives", "kind": "contact-us", "source": "Fair", "external_id": "c-1"}
    made = us.post("leads", told)
    assert made.status_code == 201, made.content
    lead = us.get(f"leads/{made.json()['lead']}").json()
    assert (lead["stage"], lead["need"], lead["source"]) == ("inquiry", "Drives", "Fair")
    assert lead["contact"]["email"] == "vera@nordpump.example"
    assert us.get("leads?external_id=c-1").json()["leads"] == [lead]
    assert us.get("leads?email=vera@nordpump.example&stage=won").json()["leads"] == []
    (touch,) = us.get(f"leads/{lead['id']}/touches").json()["touches"]
    assert touch["kind"] == "contact-us"
    again = us.post("leads", {"external_id": "c-1", "message": "Are you there?"}).json()
    assert (again["lead"], again["matched_by"]) == (lead["id"], "external-id")
    assert us.get("sources").json()[0]["name"] == "Fair"
    with world.inside():
        kept = Receipt.objects.of(world.workspace).select_related("payload").earliest("id")
        assert kept.door == Door.API
        assert kept.payload is not None
        assert json.loads(kept.payload.body) == told


def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(
    world: World, us: Caller
) -> None:
    first = us.post("leads", VERA, key="one")
    again = us.post("leads", VERA, key="one")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert us.post("leads", {**VERA, "need": "Other"}, key="one").status_code == 409
    assert us.post("leads", VERA, key="x" * 201).status_code == 422
    assert touches(world) == 1


def test_errors_name_the_field_and_what_to_do_and_the_lead_waits(world: World, us: Caller) -> None:
    wrong = {"email": "no", "kind": "sneeze", "emial": "x", "happened_at": "2099-01-01"}
    told = us.post("leads", wrong)
    assert (told.status_code, told["Content-Type"]) == (422, "application/problem+json")
    said = {one["field"]: one["message"] for one in told.json()["errors"]}
    assert said["emial"] == "There is no such field. Did you mean email?"
    assert "contact-us" in said["kind"]
    assert "lies ahead" in said["happened_at"]
    assert "vera@nordpump.example" in said["email"]
    with world.inside():
        kept = Receipt.objects.of(world.workspace).get()
        assert kept.state == ReceiptState.REFUSED
        assert len(kept.reasons) == 4


@pytest.mark.parametrize("name", ["stage", "sales_ready", "lifecyclestage"])
def test_s0_3_no_way_by_the_api_makes_a_lead_ready(world: World, us: Caller, name: str) -> None:
    told = us.post("leads", {**VERA, name: "sales-ready"})
    assert told.status_code == 422
    assert "decided by the definition in force" in told.json()["errors"][0]["message"]
    with world.inside():
        assert not Lead.objects.of(world.workspace).exists()


def test_a_batch_says_what_became_of_each_row_and_can_be_sent_again(
    world: World, us: Caller
) -> None:
    rows: list[Any] = [VERA, {"email": "no"}, {"phone": "+46 8 123456", "full_name": "Otto Ek"}, 7]
    told = us.post("leads/batch", {"leads": rows}, key="b").json()
    assert [one["status"] for one in told["results"]] == [201, 422, 201, 422]
    assert (told["captured"], told["refused"]) == (2, 2)
    assert us.post("leads/batch", {"leads": rows}, key="b").json() == told
    assert touches(world) == 2
    assert us.post("leads/batch", {"leads": [VERA] * 1001}).status_code == 422
    assert us.post("leads/batch", {"people": []}).status_code == 422


def test_somebody_without_an_address_is_found_by_number_and_name(world: World, us: Caller) -> None:
    otto = {"phone": "+46 8 123 456", "full_name": "Otto Ek"}
    first = us.post("leads", otto).json()
    again = us.post("leads", {**otto, "phone": "+468123456"}).json()
    other = us.post("leads", {**otto, "full_name": "Eva Ek"}).json()
    assert (again["contact"], again["matched_by"]) == (first["contact"], "phone-and-name")
    assert other["contact"] != first["contact"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[1]", 422),
        (b"\xff\x00", 422),
        (b"[" * 60_000, 422),
        (b"x" * 1_000_001, 413),
    ],
)
def test_malformed_bodies_are_answered_as_problems(us: Caller, body: bytes, status: int) -> None:
    told = us.raw("leads", body)
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    assert "Traceback" not in told.content.decode()


def test_a_failure_of_ours_is_a_problem_without_a_trace(
    us: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadfarm.api.reading.lead_page", lambda *_a: 1 / 0)
    told = us.get("leads")
    assert told.status_code == 500
    assert told["Content-Type"] == "application/problem+json"
    assert "ZeroDivision" not in told.content.decode()


def test_pages_go_on_below_the_last_id_in_a_constant_number_of_queries(
    world: World, us: Caller
) -> None:
    with world.inside():
        leads = [world.captures(f"Vera L{n}").id for n in range(5)]
    seen, address = [], "leads?limit=2"
    while address:
        page = us.get(address.removeprefix("/api/v1/")).json()
        seen += [lead["id"] for lead in page["leads"]]
        address = page["next"] or ""
    assert seen == leads[::-1]


def test_a_finding_is_added_once(world: World, us: Caller) -> None:
    with world.inside():
        lead = world.captures()
    told = {"section": "budget", "value": "40,000 EUR", "confidence": "high"}
    assert us.post(f"leads/{lead.id}/findings", told).status_code == 201
    assert us.post(f"leads/{lead.id}/findings", told).status_code == 200
    wrong = us.post(f"leads/{lead.id}/findings", {"section": "money", "value": ""})
    assert {one["field"] for one in wrong.json()["errors"]} == {"section", "value"}


@pytest.mark.parametrize("rounds", [2, pytest.param(1000, marks=pytest.mark.soak)])
def test_s1_4_captures_of_one_person_at_once_are_one_contact_and_all_touches(
    world: World, us: Caller, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadfarm.api.door.MOST_A_MINUTE", 10**6)
    crowd = 20

    def once(_number: int) -> int:
        try:
            return us.fresh().post("leads", {"email": person, "full_name": "V L"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as hands:
        for number in range(rounds):
            person = f"vera@company{number}.example"
            assert set(hands.map(once, range(crowd))) == {201}
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == rounds
        assert Lead.objects.of(world.workspace).count() == rounds
        assert Touch.objects.of(world.workspace).count() == rounds * crowd


def test_the_reference_and_its_description_stand_by_themselves() -> None:
    page = Client().get("/api/v1/docs")
    assert "Capture a lead" in page.content.decode()
    assert "http" not in page["Content-Security-Policy"]
    described = Client().get("/api/v1/openapi.json").json()
    fields = described["paths"]["/api/v1/leads"]["post"]["requestBody"]["content"]
    assert "email" in fields["application/json"]["schema"]["properties"]
