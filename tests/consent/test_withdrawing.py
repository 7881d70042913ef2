"""Consent is taken back with one press, and a slip of the hand is undone (S1-7)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import (
    Proof,
    agree,
    undo_withdrawal,
    undoable,
    unsubscribe,
    withdraw,
)
from leadfarm.consent.actions.withdrawing import UNDONE_WITHIN
from leadfarm.consent.models import Consent
from leadfarm.consent.queries.ledger import ledger_of
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Basis, Purpose
from leadfarm.rules.permission import Permission
from tests.world import World


def test_a_slip_of_the_hand_is_undone_for_some_minutes_and_gives_back_what_was(
    world: World,
) -> None:
    """S1-7: nothing is looser than before, no proof is rewritten, their own word stands above."""
    with world.inside():
        lead = world.captures()
        who = lead.contact
        assert who is not None
        by, since = Actor.of(world.ana), timezone.now() - timedelta(days=30)
        proof = Proof("form 1", "Form talk", "Yes", basis=Basis.IMPLIED_INQUIRY)
        given = agree(who, Purpose.NEWSLETTER, proof, happened_at=since, now=since, by=by)
    ana, home = world.client(world.ana), world.address(f"contacts/{lead.contact_id}/")

    def withdrawn() -> str:
        page = ana.post(f"{home}withdrawals/", {"purpose": 2}, follow=True).content.decode()
        return re.findall(r'action="(\S+/withdrawals/\d+/undo/)"', page)[0]

    undo = withdrawn()
    assert undo in ana.get(home).content.decode()  # the toast is gone, the way back is not
    assert world.client(world.tomas).post(undo).status_code == 302
    with world.inside():
        assert _newsletter(world, lead.contact_id).allowed is False  # a slip of Ana's, not of his
    ana.post(undo)
    with world.inside():
        old, again = Consent.objects.of(world.workspace).order_by("id")
        assert old.withdrawn_at is not None
        for name in ("happened_at", "expires_at", "basis", "wording", "source"):
            assert getattr(again, name) == getattr(given, name)
        assert _newsletter(world, lead.contact_id).until == given.expires_at
    assert "can no longer be undone" in ana.post(undo, follow=True).content.decode()
    theirs = withdrawn()
    with world.inside():
        unsubscribe(lead, who, now=timezone.now(), purpose=Purpose.NEWSLETTER)
    assert "can no longer be undone" in ana.post(theirs, follow=True).content.decode()
    with world.inside():
        assert _newsletter(world, lead.contact_id).why == "Unsubscribed"


def test_an_old_withdrawal_is_no_slip(inside: World) -> None:
    contact = inside.captures().contact
    assert contact is not None
    bar = withdraw(contact, Purpose.EVENTS, by=Actor.of(inside.ana), now=inside.now)
    assert bar is not None
    late = inside.now + UNDONE_WITHIN
    assert undoable(contact, by=inside.ana, now=late) == {}
    with pytest.raises(LeadfarmError, match="no longer"):
        undo_withdrawal(contact, bar.id, by=inside.ana, now=late)


def _newsletter(world: World, contact_id: int | None) -> Permission:
    contact = Contact.objects.of(world.workspace).get(id=contact_id)
    ledger = ledger_of(world.workspace, contact, now=timezone.now())
    return next(line for line in ledger if line.purpose is Purpose.NEWSLETTER)
