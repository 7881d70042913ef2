"""The same person at every door at once is one contact with every touch (S1-4, identity)."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from leadfarm.intake.actions.hooking import make_endpoint
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.hooks.presets import BY_SLUG
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Contact, Lead, Touch
from tests.api.caller import caller
from tests.intake.hosting import opened, send
from tests.lawful import broken_in
from tests.world import World

CROWD = 20
Knock = Callable[[str, int], object]


def doors(world: World) -> list[Knock]:
    """Return the ways in: each takes an address and a number of the knock."""
    us, form = caller(world), opened(world)
    with world.inside():
        hook = make_endpoint(world.workspace, "Any", BY_SLUG["json"], None, None, now=world.now)

    def api(who: str, number: int) -> None:
        told = {"email": who.upper(), "full_name": "Vera Lind", "message": f"{number}"}
        assert us.fresh().post("leads", told).status_code == 201

    def page(who: str, number: int) -> None:
        told = {"email": who, "given_name": "Vera", "message": f"{number}"}
        far = f"198.{number % 200}.{hash(who) % 200}.{number // 200 % 200}"
        assert send(form, told, REMOTE_ADDR=far).status_code == 303

    def webhook(who: str, number: int) -> None:
        told = {"id": f"{who} {number}", "email": who, "name": "Vera Lind"}
        assert deliver(hook.token, told)["state"] == "captured"

    def mail(who: str, number: int) -> None:
        head = f"From: Vera Lind <{who}>\r\nMessage-ID: <{number}.{who}>\r\nSubject: Pumps\r\n"
        letter = f"{head}\r\nPlease call me."
        assert receive_mail(world.workspace, letter.encode(), now=world.now).captured

    return [api, page, webhook, mail]


def deliver(token: str, told: dict[str, Any]) -> dict[str, Any]:
    answer = Client().post(f"/in/{token}/", told, content_type="application/json").json()
    found: dict[str, Any] = answer["received"][0]
    return found


def at_once(acts: list[Callable[[], object]], hands: ThreadPoolExecutor) -> list[object]:
    """Do all of these at the same time, each on a connection of its own; return what they said."""

    def done(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connection.close()

    return list(hands.map(done, acts))


@pytest.mark.parametrize("rounds", [2, pytest.param(1000, marks=pytest.mark.soak)])
def test_s1_4_twenty_at_once_through_all_doors_are_one_contact_and_twenty_touches(
    world: World, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadfarm.api.door.MOST_A_MINUTE", 10**6)
    ways, began = doors(world), time.monotonic()
    with ThreadPoolExecutor(CROWD) as hands:
        for number in range(rounds):
            who = f"vera@company{number}.example"
            knocks = range(number * CROWD, (number + 1) * CROWD)
            at_once([partial(ways[knock % 4], who, knock) for knock in knocks], hands)
    with world.inside():
        assert Contact.objects.of(world.workspace).count() == rounds
        assert Lead.objects.of(world.workspace).count() == rounds
        assert Touch.objects.of(world.workspace).count() == rounds * CROWD
        receipts = Receipt.objects.of(world.workspace).filter(state=ReceiptState.CAPTURED)
        for door in (Door.API, Door.FORM, Door.WEBHOOK, Door.MAIL):
            assert receipts.filter(door=door).count() == rounds * CROWD // 4
    assert broken_in(world.workspace.id) == []
    took = time.monotonic() - began
    sys.stdout.write(
        f"\n{rounds:,} people, each {CROWD} times at once by 4 doors: {rounds:,} contacts,"
        f" {rounds * CROWD:,} touches; {took:.0f} s\n"
    )


def test_s1_4_an_event_delivered_five_times_at_once_is_one_touch(world: World) -> None:
    us = caller(world)
    with world.inside():
        hook = make_endpoint(world.workspace, "Any", BY_SLUG["json"], None, None, now=world.now)
    told = {"id": "e-1", "email": "vera@nordpump.example", "name": "Vera Lind"}
    called = {"email": "otto@nordpump.example"}
    with ThreadPoolExecutor(10) as hands:
        states = at_once([lambda: deliver(hook.token, told)["state"]] * 5, hands)
        codes = at_once(
            [lambda: us.fresh().post("leads", called, key="k-1").status_code] * 5, hands
        )
    assert (set(states), set(codes)) == ({"captured"}, {201})
    with world.inside():
        assert Touch.objects.of(world.workspace).count() == 2
        assert Receipt.objects.of(world.workspace).count() == 2
