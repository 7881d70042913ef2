"""What comes back by mail, in programs: they wait for the away and stop for people (S2-16)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Notification
from leadfarm.consent.models import Suppression
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.mail.receiving import receive_mail
from leadfarm.leads.models import Lead, Touch
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program, ProgramState
from leadfarm.nurture.ticks import enrol, tick
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import SuppressionReason
from leadfarm.rules.notifications import NotificationKind
from tests.rules.mail_reports.made_up import complaint, in_words
from tests.world import World

TREE: dict[str, Any] = {
    "goal": None,
    "nodes": [
        {"key": "w", "kind": "wait", "label": "Wait", "days": 2},
        {"key": "z", "kind": "exit", "label": "Out", "reason": "Over"},
    ],
}


@pytest.fixture
def message(world: World) -> Message:
    """A mail that went to somebody who now waits in a program."""
    with world.inside():
        program = make_program(world.workspace.id, "Short", now=world.now, draft=TREE)
        publish(program, by=SCHEDULE, now=world.now)
        lead = world.captures()
        enrol(program, [lead.id], world.now)
        tick(world.workspace.id, world.now)
        at = world.now - timedelta(hours=1)
        made = Message.objects.create(
            workspace=world.workspace, kind=MessageKind.ONE_OFF, lead=lead,
            contact_id=lead.contact_id, planned_at=at, not_before=at, sending_at=at, sent_at=at,
            state=MessageState.SENT,
        )  # fmt: skip
        made.refresh_from_db()
    return made


def answer(world: World, message: Message, text: str, number: int = 1, **headers: str) -> str:
    """Let the contact's mailbox or the contact answer; return what became of the arrival."""
    with world.inside():
        lead = Lead.objects.of(world.workspace).select_related("contact").get(id=message.lead_id)
        assert lead.contact is not None
        sender = f"Vera <{lead.contact.email}>"
    about = {"In_Reply_To": f"<{message.mail_key}@norrvik.example>", "Subject": "Re: Drives"}
    given = {**about, "Message_ID": f"<{number}-{message.mail_key}@n.example>", **headers}
    raw = in_words(text, sender=sender, **given).as_bytes()
    return ReceiptState(receive_mail(world.workspace, raw, now=world.now).receipt.state).name


def place(world: World) -> Enrolment:
    return Enrolment.objects.of(world.workspace).get()


def kinds(world: World, *wanted: TouchKind) -> list[int]:
    found = Touch.objects.of(world.workspace).filter(kind__in=wanted).order_by("id")
    return list(found.values_list("kind", flat=True))


def test_an_automatic_reply_puts_off_what_comes_next_and_is_no_reply(
    world: World, message: Message
):
    zone = ZoneInfo(world.workspace.time_zone)
    with world.inside():
        assert place(world).wake_at == world.now + timedelta(days=2)
    away = "I am out of the office and will be back on 16 March. Please unsubscribe nobody."
    for number in (1, 2):
        assert answer(world, message, away, number, Auto_Submitted="auto-replied") == "IGNORED"
    with world.inside():
        enrolment = place(world)
        assert enrolment.state == EnrolmentState.ACTIVE
        assert enrolment.wake_at == datetime(2026, 3, 16, 8, tzinfo=zone)
        assert set(kinds(world, *TouchKind)) >= {TouchKind.AUTO_REPLY}
        assert kinds(world, TouchKind.MAIL_REPLIED, TouchKind.MAIL_IN) == []
        assert not Suppression.objects.of(world.workspace).exists()
    sooner = {"Auto_Submitted": "auto-replied"}
    assert answer(world, message, "I am away.", 3, **sooner) == "IGNORED"
    with world.inside():
        assert place(world).wake_at == datetime(2026, 3, 16, 8, tzinfo=zone), "never sooner"


def test_a_person_who_wants_no_more_mail_has_answered_and_opted_out(world: World, message: Message):
    words = "Thank you, but please take me off your list.\n\nVera"
    assert answer(world, message, words) == "CAPTURED"
    with world.inside():
        wanted = (TouchKind.MAIL_REPLIED, TouchKind.UNSUBSCRIBED)
        assert kinds(world, *wanted) == list(wanted)
        (bar,) = Suppression.objects.of(world.workspace).values_list("reason", flat=True)
        assert bar == SuppressionReason.UNSUBSCRIBED
        assert place(world).state == EnrolmentState.OPTED_OUT


def test_a_program_that_draws_complaints_is_warned_of_and_stops(world: World):
    """Warned of at 0.10 % and two complaints, stopped at 0.30 % and three, and its page says so."""
    at = world.now - timedelta(days=1)
    with world.inside():
        program = make_program(world.workspace.id, "Loud", now=world.now, draft=TREE)
        publish(program, by=SCHEDULE, now=world.now)
        leads = [world.captures() for _ in range(3)]
        enrol(program, [lead.id for lead in leads], world.now)
        places = {one.lead_id: one.id for one in Enrolment.objects.of(world.workspace)}
        sent = [
            Message(
                workspace=world.workspace, kind=MessageKind.PROGRAM, lead=lead,
                state=MessageState.SENT, contact_id=lead.contact_id, planned_at=at, not_before=at,
                sent_at=at, enrolment_id=places[lead.id], step_key=f"s{number}", mail_key=uuid4(),
            )
            for number in range(400) for lead in leads
        ]  # fmt: skip
        Message.objects.bulk_create(sent)
        first = [one for one in sent if one.step_key == "s0"]
    said = []
    for message in first:
        raw = complaint().as_bytes().replace(b"0f8fad5b-d9cb-469f-a165-70867728950e",
                                             str(message.mail_key).encode())  # fmt: skip
        receive_mail(world.workspace, raw, now=world.now)
        with world.inside():
            program.refresh_from_db()
            told = Notification.objects.of(world.workspace).filter(
                kind=NotificationKind.PROGRAM_COMPLAINTS
            )
            said.append((program.complaints, ProgramState(program.state).name, told.exists()))
            Message.objects.filter(enrolment_id=places[leads[2].id], step_key__gte="s1").delete()
    assert said == [(1, "ACTIVE", False), (2, "ACTIVE", True), (3, "PAUSED", True)]
    with world.inside():  # pages read the clock of today
        Program.objects.filter(id=program.id).update(complained_at=timezone.now())
    page = world.client(world.mei).get(world.address(f"programs/{program.id}/")).content.decode()
    assert "Too many complain" in page
    assert "3 of 801 mails" in page
    inbox = world.client(world.mei).get(world.address("notifications/")).content.decode()
    assert "was stopped: too many complain" in inbox


def test_a_complaint_takes_its_lead_out_of_programs(world: World, message: Message):
    raw = complaint().as_bytes().replace(b"0f8fad5b-d9cb-469f-a165-70867728950e",
                                         str(message.mail_key).encode())  # fmt: skip
    receive_mail(world.workspace, raw, now=world.now)
    with world.inside():
        assert kinds(world, TouchKind.COMPLAINT) == [TouchKind.COMPLAINT]
        assert place(world).state == EnrolmentState.OPTED_OUT
