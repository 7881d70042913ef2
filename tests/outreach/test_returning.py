"""What comes back by mail is no inquiry: bounces and complaints settle the mail they are about."""

from datetime import timedelta
from email.message import Message as Mail

import pytest

from leadfarm.access.actors import Actor
from leadfarm.consent.actions import agree
from leadfarm.consent.actions.permission import Proof
from leadfarm.consent.models import Consent, Suppression
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.outreach.codes import BounceKind, MessageKind, MessageState
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Purpose, SuppressionReason
from tests.rules.mail_reports.made_up import OURS, complaint, report
from tests.world import World


def went_out(world: World, lead: Lead, *, days_ago: int = 1, **more: object) -> Message:
    at = world.now - timedelta(days=days_ago)
    values: dict[str, object] = {
        "workspace": world.workspace, "kind": MessageKind.ONE_OFF, "lead": lead,
        "contact_id": lead.contact_id, "planned_at": at, "not_before": at,
        "state": MessageState.SENT, "sending_at": at, "sent_at": at,
    }  # fmt: skip
    message = Message.objects.create(**(values | more))
    message.refresh_from_db()
    return message


def about(mail: Mail, message: Message, number: int = 0) -> bytes:
    """Return a made-up report as one about this message, with an id of its own."""
    key = str(message.mail_key)
    raw = mail.as_bytes().replace(OURS.partition("@")[0].encode(), key.encode())
    return raw.replace(b"<report@mx.example>", f"<report-{number}-{key}@mx.example>".encode())


def reasons(world: World, lead: Lead) -> list[int]:
    bars = Suppression.objects.of(world.workspace).filter(contact_id=lead.contact_id)
    return list(bars.order_by("id").values_list("reason", flat=True))


def kinds(world: World, lead: Lead) -> list[int]:
    touches = Touch.objects.of(world.workspace).filter(lead=lead).order_by("id")
    return list(touches.values_list("kind", flat=True))


def test_s2_17_a_bounce_settles_its_message_and_bars_a_dead_address(world: World):
    with world.inside():
        lead = world.captures()
        message = went_out(world, lead)
        people = Contact.objects.of(world.workspace).count()
    raw = about(report("5.1.1", "550 5.1.1 Nobody of that name"), message)
    came = receive_mail(world.workspace, raw, now=world.now)
    assert came.receipt.state == ReceiptState.IGNORED
    assert "on a delivery" in came.receipt.reasons[0]
    assert receive_mail(world.workspace, raw, now=world.now).is_repeat
    with world.inside():
        message.refresh_from_db()
        assert (message.state, message.bounce) == (MessageState.BOUNCED, BounceKind.HARD)
        assert message.smtp_reply.startswith("There is no such address. 550 5.1.1")
        assert reasons(world, lead) == [SuppressionReason.HARD_BOUNCE]
        assert kinds(world, lead).count(TouchKind.MAIL_BOUNCED) == 1
        touch = Touch.objects.of(world.workspace).get(lead=lead, kind=TouchKind.MAIL_BOUNCED)
        assert touch.by_machine
        assert Receipt.objects.of(world.workspace).get(id=came.receipt.id).touch_id == touch.id
        assert Contact.objects.of(world.workspace).count() == people
    page = world.client(world.mei).get(world.address(f"leads/{lead.id}/")).content.decode()
    assert "There is no such address." in page
    ledger = world.client(world.mei).get(world.address("mail/messages/?state=bounced"))
    assert "There is no such address." in ledger.content.decode()


def test_three_in_a_row_that_come_back_softly_are_a_dead_address(world: World):
    full = report("5.2.2", "552 5.2.2 The mailbox is full")
    spam = report("5.7.1", "550 5.7.1 Looks like spam")
    with world.inside():
        lead, other = world.captures(), world.captures()
        mine = [went_out(world, lead, days_ago=one) for one in (9, 6, 3)]
        theirs = [went_out(world, other, days_ago=one) for one in (9, 6, 3)]
    for number, message in enumerate(mine):
        with world.inside():
            assert reasons(world, lead) == []
        receive_mail(world.workspace, about(full, message, number), now=world.now)
    for number, message in enumerate(theirs):
        mail = spam if number else full
        receive_mail(world.workspace, about(mail, message, number), now=world.now)
    with world.inside():
        assert reasons(world, lead) == [SuppressionReason.HARD_BOUNCE]
        assert reasons(world, other) == [], "what was refused for its content is our fault"


def test_s2_16_a_complaint_bars_and_withdraws(world: World):
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        proof = Proof("2026-1", "Form")
        agree(lead.contact, Purpose.NEWSLETTER, proof, happened_at=world.now, now=world.now,
              by=Actor.of(world.mei))  # fmt: skip
        message = went_out(world, lead)
    for _ in range(2):
        receive_mail(world.workspace, about(complaint(), message), now=world.now)
    with world.inside():
        assert reasons(world, lead) == [SuppressionReason.COMPLAINT]
        assert not Consent.objects.of(world.workspace).filter(withdrawn_at=None).exists()
        assert kinds(world, lead).count(TouchKind.COMPLAINT) == 1
        message.refresh_from_db()
        assert message.state == MessageState.SENT


@pytest.mark.parametrize("days_ago", [2, 30])
def test_a_report_without_a_message_id_means_the_last_mail_of_these_days(
    world: World, days_ago: int
):
    with world.inside():
        lead = world.captures()
        assert lead.contact is not None
        message = went_out(world, lead, days_ago=days_ago)
        address = lead.contact.email_key or ""
    raw = report("5.1.1", "550 5.1.1 Nobody", to=address).as_bytes()
    receive_mail(world.workspace, raw.replace(OURS.encode(), b"x@y.example"), now=world.now)
    with world.inside():
        message.refresh_from_db()
        assert (message.state == MessageState.BOUNCED) == (days_ago == 2)


def test_what_is_still_tried_and_what_is_not_ours_leave_nothing(world: World):
    with world.inside():
        lead = world.captures()
        message = went_out(world, lead, days_ago=30)
        before = kinds(world, lead)
    late = report("4.4.1", "", told="no answer yet", action="delayed")
    for raw in (about(late, message), report("5.1.1", "550 5.1.1 Nobody").as_bytes()):
        assert receive_mail(world.workspace, raw, now=world.now).captured is None
    with world.inside():
        assert kinds(world, lead) == before
        message.refresh_from_db()
        assert message.state == MessageState.SENT
