"""What a contact says holds, at once and for the address that comes back (S2-23, D)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import (
    Proof,
    agree,
    bar_known_addresses,
    change_preferences,
    lift,
    may_touch,
    note_touched,
    suppress,
    take,
    unsubscribe,
)
from leadfarm.consent.models import Consent, Suppression
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason
from leadfarm.rules.quiet_window import Nature
from tests.consent.test_windows import allowed
from tests.world import World

WORDS = Proof(wording_version="2026-01", source="Newsletter form", ip="192.0.2.7")


def test_unsubscribing_twice_is_one_bar_and_one_touch(inside: World) -> None:
    lead = inside.captures()
    for _ in range(2):
        unsubscribe(lead, lead.contact, now=inside.now)
    assert Suppression.objects.of(inside.workspace).count() == 1
    touches = Touch.objects.of(inside.workspace).filter(kind=TouchKind.UNSUBSCRIBED)
    assert [touch.by_machine for touch in touches] == [False]
    assert not allowed(inside, Purpose.INFORMATION)
    answer = may_touch(inside.workspace, lead.contact, now=inside.now, override="I know her")
    assert not answer.may
    assert answer.reason.startswith("Unsubscribed")
    reply = may_touch(inside.workspace, lead.contact, now=inside.now, nature=Nature.REPLY)
    assert reply.may, "an answer to what they wrote is never held"


def test_consent_to_the_newsletter_keeps_its_proof_and_ends(inside: World) -> None:
    """S2-23."""
    lead = inside.captures()
    ends = Proof(**{**vars(WORDS), "expires_at": inside.now + timedelta(days=730)})
    agree(lead.contact, Purpose.NEWSLETTER, ends, happened_at=inside.now, now=inside.now)
    assert allowed(inside, Purpose.NEWSLETTER)
    assert not allowed(inside, Purpose.NEWSLETTER, now=inside.now + timedelta(days=731))
    proof = Consent.objects.of(inside.workspace).get()
    assert (proof.wording_version, proof.source, proof.ip) == (
        "2026-01",
        "Newsletter form",
        "192.0.2.7",
    )
    unsubscribe(lead, lead.contact, now=inside.now, purpose=Purpose.NEWSLETTER)
    assert not allowed(inside, Purpose.NEWSLETTER)
    assert allowed(inside, Purpose.INFORMATION)


def test_preferences_bar_and_open_each_purpose(inside: World) -> None:
    lead = inside.captures()
    unsubscribe(lead, lead.contact, now=inside.now)
    wanted = {Purpose.NEWSLETTER, Purpose.SALES}
    change_preferences(lead, lead.contact, wanted, WORDS, now=inside.now)
    assert {p for p in Purpose if allowed(inside, p)} == wanted | {Purpose.SERVICE}


def test_an_erased_address_that_comes_back_is_barred(inside: World) -> None:
    lead = inside.captures()
    address = lead.contact.email_key
    by = Actor("member", inside.ada.id)
    assert suppress(lead.contact, SuppressionReason.ERASED, by=by, now=inside.now)
    assert not suppress(lead.contact, SuppressionReason.ERASED, by=by, now=inside.now)
    other = inside.captures("Jon Back")
    bar_known_addresses(inside.workspace.id, [(other.contact_id, address.upper())])
    answer = may_touch(inside.workspace, other.contact, now=inside.now, nature=Nature.REPLY)
    assert not answer.may
    with pytest.raises(LeadfarmError, match="stays barred"):
        lift(other.contact, SuppressionReason.ERASED, because="asked", now=inside.now)
    assert address not in str(list(Suppression.objects.of(inside.workspace).values()))


def test_bars_are_carried_over_by_set(inside: World) -> None:
    """One contact or a thousand: as many statements, though the key is not remembered yet."""
    taken = []
    for many in (10, 1_000):
        pairs = [(number, f"p{number}@nordpump.example") for number in range(many)]
        with CaptureQueriesContext(connection) as captured:
            bar_known_addresses(inside.workspace.id, pairs)
        taken.append(len(captured))
    assert taken[1] <= taken[0]


def test_a_call_that_reached_them_closes_the_window_for_mail(inside: World) -> None:
    """Law 6: one window for programs, cadences, mailings and hands."""
    lead = inside.captures()
    note_touched(inside.workspace, lead.contact_id, at=inside.now)
    soon = inside.now + timedelta(hours=1)
    assert not take(inside.workspace, lead.contact_id, now=soon)
    answer = may_touch(inside.workspace, lead.contact, now=soon)
    assert not answer.may
    assert answer.free_at == inside.now + timedelta(days=3)
    told = may_touch(inside.workspace, lead.contact, now=soon, override="She asked me to")
    assert told.may
    assert "She asked me to" in told.reason
    suppress(lead.contact, SuppressionReason.DO_NOT_CALL, by=Actor("member"), now=inside.now)
    later = inside.now + timedelta(days=10)
    assert may_touch(inside.workspace, lead.contact, now=later).may
    assert not may_touch(inside.workspace, lead.contact, now=later, channel=Channel.PHONE).may
