"""What people say on the telephone, and who unsubscribes, is obeyed everywhere (law 6, S1-7)."""

from datetime import timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import may_touch, suppress, unsubscribe
from leadfarm.consent.models import Pace, Suppression
from leadfarm.leads.actions import Outcome, complete_task, make_task
from leadfarm.leads.actions.by_hand import enter_by_hand
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.codes import Disposition, Side, TaskKind
from leadfarm.rules.consent import Channel, SuppressionReason
from tests.world import World


def called(world: World, lead: Lead, came_to: Disposition) -> None:
    by = Actor.of(world.ana)
    task = make_task(lead, TaskKind.CALL, side=Side.PD, why="Call", due_at=world.now, now=world.now)
    at = world.now + timedelta(days=1)
    complete_task(task, Outcome(came_to, "", at, None), by=by, now=world.now)


@pytest.mark.parametrize(
    ("came_to", "counts"),
    [
        (Disposition.NOT_NOW, True),
        (Disposition.CALLBACK, True),
        (Disposition.LEFT_VOICEMAIL, False),
        (Disposition.NO_ANSWER, False),
    ],
)
def test_law_6_a_call_that_reached_them_takes_the_quiet_window(
    inside: World, came_to: Disposition, counts: bool
) -> None:
    lead = inside.captures()
    called(inside, lead, came_to)
    held = not may_touch(inside.workspace, lead.contact, now=inside.now + timedelta(hours=1)).may
    assert held is counts
    assert Pace.objects.of(inside.workspace).filter(contact=lead.contact).exists() is counts


def test_do_not_call_bars_the_number_and_leaves_mail_open(world: World) -> None:
    with world.inside():
        lead = world.captures()
        Contact.objects.of(world.workspace).filter(id=lead.contact_id).update(
            phone="+46 8 123 456", phone_key="+468123456"
        )
        called(world, lead, Disposition.DO_NOT_CALL)
        contact = Contact.objects.of(world.workspace).get(id=lead.contact_id)
        later = world.now + timedelta(days=30)
        assert not may_touch(world.workspace, contact, now=later, channel=Channel.PHONE).may
        assert may_touch(world.workspace, contact, now=later).may
    page = world.client(world.ana).get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "Asked not to be called" in page
    assert "Mail stays possible" in page


def test_a_barred_address_or_number_written_down_again_is_barred_from_the_start(
    inside: World,
) -> None:
    old = inside.captures().contact
    assert old is not None
    Contact.objects.of(inside.workspace).filter(id=old.id).update(phone_key="+468123456")
    old.refresh_from_db()
    by = Actor.of(inside.ana)
    suppress(old, SuppressionReason.DO_NOT_CALL, by=by, now=inside.now)
    suppress(old, SuppressionReason.COMPLAINT, by=by, now=inside.now)
    Contact.objects.of(inside.workspace).filter(id=old.id).update(
        email_key=None, email="", phone_key=None
    )
    written = Written(given_name="Vera", family_name="Lind", email=old.email, phone="+46 8 123 456")
    enter_by_hand(inside.workspace, written, (Side.PD, inside.ana.id), by=by, now=inside.now)
    again = Contact.objects.of(inside.workspace).get(email_key=old.email)
    assert again.id != old.id
    bars = Suppression.objects.of(inside.workspace).filter(contact_id=again.id)
    assert {bar.reason for bar in bars} == {
        SuppressionReason.DO_NOT_CALL,
        SuppressionReason.COMPLAINT,
    }


def test_an_unsubscription_shows_on_the_lead(world: World) -> None:
    with world.inside():
        lead = world.captures()
        unsubscribe(lead, lead.contact, now=world.now)
    page = world.client(world.ana).get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "Unsubscribed" in page
    assert "Programs and mailings leave them out" in page
