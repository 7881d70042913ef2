"""Junk is held with its reasons, and every verdict can be taken back (S1-13)."""

import itertools
import json

from leadfarm.intake.actions import Arrival, receive
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.hosting.design import asking
from leadfarm.intake.models import LetIn, Receipt
from leadfarm.leads.models import Contact, Lead, Touch
from tests.intake.hosting import opened
from tests.lawful import broken_in
from tests.world import World

_numbers = itertools.count(1)
TALK = asking(["given_name", "family_name", "need"])


def sends(world: World, **said: str) -> Receipt:
    talk = opened(world, TALK, slug=f"talk-{next(_numbers)}-{world.slug}")
    arrival = Arrival(Door.FORM, json.dumps(said), form=talk)
    return receive(world.workspace, arrival, now=world.now).receipt


def test_s1_13_junk_is_no_lead_says_why_and_can_be_let_in_or_set_aside(world: World) -> None:
    held = sends(world, email="vera@mailinator.com", given_name="Vera", family_name="Lind")
    mash = sends(world, email="sdkfjh@gmail.com", given_name="sdkfjh", family_name="lkjsdf")
    good = sends(world, email="otto@nordpump.example", given_name="Otto", family_name="Brandt")
    assert [one.state for one in (held, mash, good)] == [
        ReceiptState.QUARANTINED, ReceiptState.QUARANTINED, ReceiptState.CAPTURED,
    ]  # fmt: skip
    with world.inside():
        assert Lead.objects.of(world.workspace).count() == 1
    browser = world.client(world.ana)
    page = browser.get(world.address("quarantine/")).content.decode()
    assert "mailinator.com gives out throw-away addresses." in page
    assert "2 held" in page

    browser.post(world.address("quarantine/release/"), {"pick": [mash.id], "verdict": "junk"})
    assert "1 held" in browser.get(world.address("quarantine/")).content.decode()
    with world.inside():
        aside = Receipt.objects.of(world.workspace).get(id=mash.id)
        assert aside.dismissed_at
    moment = aside.dismissed_at.timestamp()
    browser.post(world.address(f"quarantine/taken-up/?at={moment}"))
    assert "2 held" in browser.get(world.address("quarantine/")).content.decode()

    browser.post(world.address("quarantine/release/"), {"pick": [held.id]})
    with world.inside():
        contact = Contact.objects.of(world.workspace).get(email_key="vera@mailinator.com")
        touch = Touch.objects.of(world.workspace).get(contact=contact)
        assert touch.happened_at == world.now
    assert broken_in(world.workspace.id) == []


def test_s1_13_a_host_is_let_in_for_good_and_judged_again(world: World) -> None:
    browser = world.client(world.mei)
    browser.post(world.address("quarantine/hosts/"), {"host": "mailinator.com"})
    let_in = sends(world, email="vera@mailinator.com", given_name="Vera", family_name="Lind")
    assert let_in.state == ReceiptState.CAPTURED
    with world.inside():
        host = LetIn.objects.of(world.workspace).get()
    browser.post(world.address(f"quarantine/hosts/{host.id}/"))
    again = sends(world, email="otto@mailinator.com", given_name="Otto", family_name="Brandt")
    assert again.state == ReceiptState.QUARANTINED
    known = sends(world, email="vera@mailinator.com", given_name="Vera", family_name="Lind")
    assert known.state == ReceiptState.CAPTURED  # a contact already: never junk
    assert world.client(world.tomas).get(world.address("quarantine/")).status_code == 403
