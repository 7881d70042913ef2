"""One function receives what comes through every door; nothing that arrives is lost (S1-4)."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions import Arrival, Received, receive, replay
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.hosting.design import asking
from leadfarm.intake.models import Form, Receipt
from leadfarm.leads.models import PersonalText, Touch
from tests.intake.hosting import opened
from tests.world import World

VERA = '{"email": "vera@nordpump.example", "given_name": "Vera", "need": "Drives"}'


def form(world: World) -> Form:
    return opened(world, asking(["given_name", "need"]))


def taken(world: World, arrival: Arrival) -> Received:
    return receive(world.workspace, arrival, now=world.now)


def test_s1_4_what_cannot_be_read_is_kept_and_captured_later_as_of_the_time_it_came(
    world: World,
) -> None:
    talk, by = form(world), Actor.of(world.mei)
    broken = receive(
        world.workspace, Arrival(Door.FORM, '{"email": "no"}', form=talk), now=world.now
    )
    assert broken.receipt.state == ReceiptState.REFUSED
    assert "email" in broken.receipt.reasons[0]
    with world.inside():
        PersonalText.objects.of(world.workspace).filter(id=broken.receipt.payload_id).update(
            body=VERA
        )
    later = world.now + timedelta(days=3)
    mended = replay(broken.receipt, now=later, by=by)
    assert mended.captured is not None
    again = replay(broken.receipt, now=later, by=by)
    assert again.is_repeat
    with world.inside():
        touch = Touch.objects.of(world.workspace).get()
        assert (touch.happened_at, touch.known_at) == (world.now, world.now)
        assert touch.recorded_at == later
        kept = Receipt.objects.of(world.workspace).get()
        assert (kept.state, kept.touch_id, kept.reasons) == (ReceiptState.CAPTURED, touch.id, [])
        assert kept.payload is not None
        assert (kept.payload.touch_id, kept.payload.lead_id) == (touch.id, touch.lead_id)


def test_s1_4_the_same_key_again_leaves_nothing_and_gives_the_first_receipt(world: World) -> None:
    talk = form(world)
    first = taken(world, Arrival(Door.FORM, VERA, "one", talk))
    second = taken(world, Arrival(Door.FORM, VERA, "one", talk))
    other = taken(world, Arrival(Door.FORM, VERA, "two", talk))
    assert second.is_repeat
    assert second.receipt.id == first.receipt.id != other.receipt.id
    with world.inside():
        assert Touch.objects.of(world.workspace).count() == 2


def test_a_failure_of_ours_keeps_the_payload_and_a_deleted_one_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, by = form(world), Actor.of(world.mei)
    with monkeypatch.context() as broken:
        broken.setattr("leadfarm.intake.actions.receiving.capture", lambda *_a, **_b: 1 / 0)
        kept = receive(
            world.workspace, Arrival(Door.FORM, VERA + "\0\ud800", form=talk), now=world.now
        )
    assert kept.receipt.reasons == [
        "Something went wrong on our side. It is kept as it came and can be replayed."
    ]
    with world.inside():
        text = PersonalText.objects.of(world.workspace).get()
        assert json.loads(text.body[: len(VERA)])["given_name"] == "Vera"
        text.delete()
    with pytest.raises(LeadfarmError, match="raw payload is deleted"):
        replay(kept.receipt, now=world.now, by=by)


def test_the_database_refuses_receipts_that_say_nothing(world: World) -> None:
    with world.inside():
        for state, sentence in (
            (ReceiptState.CAPTURED, "a_captured_receipt_has_a_touch"),
            (ReceiptState.REFUSED, "a_receipt_that_is_not_captured_says_why"),
        ):
            with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
                Receipt.objects.create(
                    workspace=world.workspace, door=Door.FORM, received_at=world.now, state=state
                )
