"""Events: planned, met at the booth, checked in, closed, followed up (S1-4, S2-2, S0-7, S1-8)."""

import itertools
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadfarm.access.actors import FORM
from leadfarm.consent.models import Consent
from leadfarm.insight.queries.events import outcome_of
from leadfarm.intake.actions import map_columns, run_import
from leadfarm.intake.actions.events import GRACE, close_event
from leadfarm.intake.calendar_files import calendar_address
from leadfarm.intake.codes import Door, EventKind, SpendKind
from leadfarm.intake.event_queries import Part, guests_of
from leadfarm.intake.models import CheckIn, Event, ImportRun, Receipt, Spend
from leadfarm.intake.ticks import tell_check_ins_everywhere
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Lead, PersonalText, Task, Touch
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind
from tests.intake.files import bring
from tests.queries import assert_constant_queries
from tests.world import World

MET = {"name": "Vera Lind", "company": "Nordpump", "interest": "now", "notes": "Broken seals"}


def plan(world: World, kind: EventKind = EventKind.TRADE_SHOW, name: str = "Hannover") -> Event:
    told = {
        "name": name,
        "kind": int(kind),
        "place": "Hall 4, stand B12",
        "capacity": "40",
        "starts_at": "2026-03-10T09:00",
        "ends_at": "2026-03-10T17:30",
    }
    answer = world.client(world.mei).post(world.address("events/new/"), told)
    assert answer.status_code == 302, answer.content.decode()
    with world.inside():
        event = Event.objects.of(world.workspace).select_related("campaign", "workspace")
        return event.get(campaign__name=name)


def registers(world: World, event: Event, name: str, *, of: str = "Nordpump") -> Lead:
    lead = world.captures(name, of=of)
    did(world, event, lead, EventKind(event.kind).registered)
    return lead


def did(world: World, event: Event, lead: Lead, kind: TouchKind) -> None:
    at = {"happened_at": world.now, "now": world.now, "actor": FORM, "by_machine": False}
    record_touch(lead, kind, campaign_id=event.campaign_id, **at)


def note(world: World, event: Event, key: str, **told: Any) -> Any:
    sent = {**MET, "key": key, **told}
    return world.client(world.tomas).post(world.address(f"events/{event.id}/met/"), sent)


def test_somebody_met_has_a_lead_a_receipt_a_follow_up_and_their_spoken_consent(
    world: World,
) -> None:
    event = plan(world)
    page = world.client(world.tomas).get(world.address(f"events/{event.id}/met/")).content.decode()
    assert 'type="email"' in page
    assert 'type="tel"' in page
    email = {"email": "Vera@nordpump.example", "need": "Dry pumps", "agreed": "on"}
    for _ in range(2):  # a thumb presses twice
        assert note(world, event, "one", **email).status_code == 302
    with world.inside():
        receipt = Receipt.objects.of(world.workspace).select_related("lead", "touch").get()
        assert receipt.door == Door.EVENT
        lead, touch = receipt.lead, receipt.touch
        assert lead is not None
        assert touch is not None
        assert (touch.kind, touch.campaign_id) == (TouchKind.EVENT, event.campaign_id)
        assert (lead.need, lead.campaign_id) == ("Dry pumps", event.campaign_id)
        said = PersonalText.objects.of(world.workspace).filter(lead=lead)
        assert said.get(kind="said").body == "Broken seals"
        assert "Vera@nordpump.example" in said.get(kind="payload").body
        task = Task.objects.of(world.workspace).get(lead=lead)
        assert (task.kind, task.side) == (TaskKind.CALL, Side.PD)
        assert task.why == "Met at Hannover: wants to hear from us now"
        assert world.standing(lead).next_kind == NextKind.TASK
        proof = Consent.objects.of(world.workspace).get()
        assert (proof.source, proof.wording_version) == ("Spoken at Hannover", "spoken 1")
    # Only a number: later, without consent, and a receipt of their own.
    note(world, event, "two", name="Otto Berg", company="Bergwerk", phone="030 1", interest="later")
    with world.inside():
        otto = Contact.objects.of(world.workspace).get(family_name="Berg")
        task = Task.objects.of(world.workspace).get(lead__contact=otto)
        assert task.due_at - task.made_at == timedelta(days=30)
        assert Consent.objects.of(world.workspace).count() == 1
        assert Receipt.objects.of(world.workspace).filter(door=Door.EVENT).count() == 2


def test_what_cannot_be_saved_stays_in_the_form(world: World) -> None:
    event = plan(world)
    answer = note(world, event, "one", email="no address", need="Dry pumps")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This is no e-mail address" in text
    assert "Broken seals" in text
    assert 'value="Dry pumps"' in text
    assert "Note an e-mail address or a phone number" in note(world, event, "one").content.decode()
    with world.inside():
        assert not Receipt.objects.of(world.workspace).exists()
    broken = note(world, event, "one", email="v@x.example", name="\x00" * 3 + "Vera")
    assert (broken.status_code, "Broken seals" in broken.content.decode()) == (422, True)


def test_the_day_of_the_event_from_the_door_to_the_follow_up(world: World) -> None:
    event = plan(world)
    with world.inside():
        vera = registers(world, event, "Vera Lind")
        otto = registers(world, event, "Otto Berg", of="Bergwerk")
        ida = registers(world, event, "Ida Holm", of="Holm")
        walked = world.captures("Wim Gast", of="Gast")
        did(world, event, walked, TouchKind.EVENT_ATTENDED)
    client, door = world.client(world.ana), world.address(f"events/{event.id}/door/")
    found = client.get(f"{door}?q=bergwerk").content.decode()
    assert ("Otto Berg" in found, "Vera Lind" in found) == (True, False)
    for lead in (vera, otto, otto):
        assert client.post(f"{door}{lead.id}/{lead.contact_id}/").status_code == 302
    assert "Not here" in client.get(door).content.decode()
    client.post(f"{door}{otto.contact_id}/undo/")
    with world.inside():
        at = CheckIn.objects.of(world.workspace).get().at
    with world.as_worker():
        assert tell_check_ins_everywhere(at + GRACE / 2) == 0
        assert tell_check_ins_everywhere(at + GRACE) == 1
    client.post(f"{door}{vera.contact_id}/undo/")  # too late: it is history
    with world.inside():
        touch = Touch.objects.of(world.workspace).get(lead=vera, kind=TouchKind.EVENT_ATTENDED)
        assert (touch.member_id, touch.heat_after is not None) == (world.ana.id, True)
        before = close_event(event, by=world.mei, now=datetime.now(event.made_at.tzinfo))
        again = close_event(event, by=world.mei, now=datetime.now(event.made_at.tzinfo))
        assert (before, again) == (2, 0)
        parts = {guest.called: guest.part for guest in guests_of(event)}
        assert parts == {
            "Vera Lind": Part.ATTENDED,
            "Wim Gast": Part.WALK_IN,
            "Otto Berg": Part.NO_SHOW,
            "Ida Holm": Part.NO_SHOW,
        }
    address = world.address(f"events/{event.id}/")
    client.post(f"{address}calls/", {"part": "Did not come"})
    client.post(f"{address}calls/", {"part": "Did not come"})  # nothing is planned twice
    with world.inside():
        calls = Task.objects.of(world.workspace).filter(kind=TaskKind.CALL)
        assert {one.lead_id for one in calls} == {otto.id, ida.id}
        assert calls.count() == 2
        assert calls[0].why == "Hannover: did not come"
        assert world.standing(otto).task_id == calls.get(lead=otto).id
    page = world.client(world.mei).get(address).content.decode()
    assert f"?lead={otto.id}&amp;lead={ida.id}" in page  # by family name: Berg, Holm
    assert 'Into a program<span class="vh">: Did not come' in page


def test_the_page_says_what_happened_next_and_what_an_opportunity_cost(world: World) -> None:
    event = plan(world)
    with world.inside():
        for number in range(3):
            registers(world, event, f"Vera {number}", of=f"Pump {number}")
        Spend.objects.create(
            workspace=world.workspace, campaign=event.campaign, kind=SpendKind.MEDIA,
            amount=Decimal(900), from_day=event.starts_at, until_day=event.ends_at,
            recorded_at=world.now,
        )  # fmt: skip
        outcome = outcome_of(event)
        (line,) = outcome.lines
        assert (line.part, line.people, line.waiting) == ("Registered", 3, 3)
        assert line.next_is_missing
        assert (outcome.cost, outcome.cost_per_qualified) == (Decimal(900), None)
    client, page = world.client(world.mei), world.address(f"events/{event.id}/")
    assert "not known yet" in client.get(page).content.decode()
    its_plan = world.address(f"campaigns/{event.campaign_id}/")
    assert f'href="{page}"' in client.get(its_plan).content.decode()

    def grow() -> None:
        with world.inside():
            for number in range(9):
                registers(world, event, f"Otto {number}", of=f"Werk {number}")
        plan(world, EventKind.WEBINAR, f"Dry pumps live {next(turn)}")

    turn = itertools.count()
    assert_constant_queries(client, page, grow)
    assert_constant_queries(client, world.address("events/"), grow)
    assert_constant_queries(client, f"{page}door/", grow)
    listed = client.get(world.address("events/")).content.decode()
    assert listed.index("Hannover") > 0
    assert "Dry pumps live" in listed


def test_the_attendee_list_is_imported_for_this_event(world: World) -> None:
    event = plan(world, EventKind.WEBINAR, "Dry pumps live")
    rows = b"First Name,Last Name,Email,Company\nVera,Lind,vera@nordpump.example,Nordpump\n"
    file = SimpleUploadedFile("list.csv", rows, content_type="text/csv")
    client = world.client(world.mei)
    answer = client.post(world.address(f"events/{event.id}/attendees/"), {"file": file})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get()
        constants = run.mapping["constants"]
        assert constants["campaign"] == "Dry pumps live"
        assert constants["touch"] == "webinar-registered"
    assert answer.headers["Location"].endswith(f"/imports/{run.id}/mapping/")
    assert client.post(world.address(f"events/{event.id}/attendees/")).status_code == 302


def test_whoever_was_a_lead_before_the_list_is_a_guest_like_others(world: World) -> None:
    event = plan(world, EventKind.WEBINAR, "Dry pumps live")
    bring(world, "Name,Email,Company\nOtto Oslo,otto@oslo.example,Oslo\n")
    titles = "Attended,Email,Registration Time,Time in Session (minutes)"
    rows = f"{titles}\nYes,otto@oslo.example,2026-03-01,12\nYes,zoe@zeal.example,2026-03-01,42\n"
    file = SimpleUploadedFile("list.csv", rows.encode(), content_type="text/csv")
    world.client(world.mei).post(world.address(f"events/{event.id}/attendees/"), {"file": file})
    with world.inside():
        run = ImportRun.objects.of(world.workspace).get(campaign=event.campaign_id)
        map_columns(run, dict(run.mapping))
    with world.as_worker():
        run_import(run, now=world.now)
    with world.inside():
        guests = {one.email: one.part for one in guests_of(event)}
        assert guests == dict.fromkeys(("otto@oslo.example", "zoe@zeal.example"), Part.ATTENDED)
        assert Lead.objects.of(world.workspace).count() == 2


def test_the_calendar_file_opens_for_whoever_has_its_address(world: World) -> None:
    event = plan(world, name="Pumps; seals, and “more” " + "x" * 80)
    answer = Client().get(calendar_address(event))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    whole = answer.content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Pumps\\; seals\\, and “more”" in whole
    assert "DTSTART:20260310T0" in whole
    assert Client().get("/e/unsigned.ics").status_code == 404
