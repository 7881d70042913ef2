"""A message comes in: known by its Message-ID, read, brought to the lead it answers."""

import hashlib
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from leadfarm.access.actors import API
from leadfarm.access.models import Member, Workspace
from leadfarm.access.walls import within
from leadfarm.intake.actions.receiving import Received, receive
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.doors import Fault, NobodyError, UnreadableError
from leadfarm.intake.mail import letter as letters
from leadfarm.intake.mail.letter import Letter
from leadfarm.intake.mail.machines import is_automatic_reply, not_a_person
from leadfarm.intake.models import Mailbox, Receipt
from leadfarm.leads.actions import record_touch
from leadfarm.leads.answering import Written, written_by_us
from leadfarm.leads.models import Lead, PersonalText, Standing, Touch
from leadfarm.leads.reports import put_off, settled
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.mail_replies import asks_to_stop, put_off_until
from leadfarm.rules.mail_reports import read_report
from leadfarm.rules.names import normal_email, normal_phone
from leadfarm.rules.stages import OPEN, Stage

# How far back a Date header is believed.
BELIEVED = timedelta(days=14)
LONGEST_SAID = 20_000
_PHONE = re.compile(
    r"\b(?:tel|phone|telefon|fon|mobile?|mob|cell|direct|t|m|p)\s*[.:]\s*"
    r"(\+?[\d(][\d ()/.\-]{6,24}\d)",
    re.IGNORECASE,
)


def receive_mail(
    workspace: Workspace, raw: bytes, *, now: datetime, mailbox: Mailbox | None = None
) -> Received:
    """Take in one message; the same one again, by whichever way, leaves nothing."""
    kept = letters.keepable(raw)
    known = letters.read(kept).message_id or hashlib.sha256(raw).hexdigest()
    arrival = Arrival(Door.MAIL, kept, known[:255], mailbox=mailbox)
    received = receive(workspace, arrival, now=now, by=API)
    if received.receipt.state == ReceiptState.IGNORED and received.receipt.touch_id is None:
        with within(workspace):
            _note_machine(workspace, received.receipt, letters.read(kept), now)
    return received


def _note_machine(workspace: Workspace, receipt: Receipt, letter: Letter, now: datetime) -> None:
    """Put what a machine wrote onto the lead it is about: a report, or an automatic reply.

    It warms and opens nothing. A message that comes again after a crash mends what was left out.
    """
    report = read_report(letter.message)
    if report is not None:
        touch = settled(workspace, report, now)
    else:
        touch = _note_automatic(workspace, receipt, letter, now)
    if touch is not None:
        where = {"lead_id": touch.lead_id, "contact_id": touch.contact_id, "touch_id": touch.id}
        Receipt.objects.of(workspace).filter(id=receipt.id).update(**where)
        PersonalText.objects.of(workspace).filter(id=receipt.payload_id or 0).update(**where)


def _note_automatic(
    workspace: Workspace, receipt: Receipt, letter: Letter, now: datetime
) -> Touch | None:
    """Put an automatic reply onto its lead; what programs plan waits until the person is back."""
    if not is_automatic_reply(letter, _own_addresses(workspace, receipt.mailbox)):
        return None
    written = written_by_us(workspace, letter.answers) or _known(workspace, letter.address)
    if written is None:
        return None
    at = _when(letter, receipt.received_at)
    until = put_off_until(letter.text, at, ZoneInfo(workspace.time_zone))
    put_off(workspace, written.contact_id, until, now)
    return record_touch(
        Lead.objects.of(workspace).get(id=written.lead_id),
        TouchKind.AUTO_REPLY,
        happened_at=at,
        now=now,
        actor=API,
        by_machine=True,
        contact_id=written.contact_id,
    )


def _known(workspace: Workspace, address: str) -> Written | None:
    """Return the newest lead of whoever has this address; None where nobody does."""
    leads = Lead.objects.of(workspace).filter(contact__email_key=normal_email(address))
    found = leads.order_by("-id").values_list("id", "contact_id").first()
    return Written(found[0], found[1] or 0) if found else None


def read_mail(workspace: Workspace, arrival: Arrival, received_at: datetime) -> Sent:
    """Return who wrote what; NobodyError where nobody did, UnreadableError where it is no mail."""
    letter = letters.read(arrival.payload)
    why = not_a_person(letter, _own_addresses(workspace, arrival.mailbox))
    if why:
        raise NobodyError(why)
    address = normal_email(letter.address)
    if address is None:
        raise UnreadableError(Fault("From", "This is no address that can be written to."))
    written = written_by_us(workspace, letter.answers)
    given, _, family = _name(letter.name).partition(" ")
    return Sent(
        email=address,
        kind=_kind(workspace, written),
        given_name=given,
        family_name=family,
        phone=_phone(letter.text, workspace.country),
        said=_said(letter),
        wants_no_mail=asks_to_stop(letter.said),
        source=arrival.mailbox.source if arrival.mailbox else None,
        answers_lead_id=written.lead_id if written else None,
        happened_at=_when(letter, received_at),
    )


def _own_addresses(workspace: Workspace, mailbox: Mailbox | None) -> set[str]:
    people = Member.objects.of(workspace).filter(left_at=None)
    own = {str(address).lower() for address in people.values_list("user__email", flat=True)}
    boxes = Mailbox.objects.of(workspace).values_list("address", flat=True)
    return own | {str(address).lower() for address in boxes}


def _kind(workspace: Workspace, written: Written | None) -> TouchKind:
    """An answer on an open lead is one; what wakes or opens a lead is a mail received."""
    if written is None:
        return TouchKind.MAIL_IN
    standing = Standing.objects.of(workspace).filter(lead_id=written.lead_id)
    stage = standing.values_list("stage", flat=True).first()
    return TouchKind.MAIL_REPLIED if stage and Stage(stage) in OPEN else TouchKind.MAIL_IN


def _name(shown: str) -> str:
    """Return the name as people say it: “Lind, Vera” is Vera Lind; an address is no name."""
    if "@" in shown:
        return ""
    last, comma, first = shown.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else shown.strip()


def _phone(text: str, region: str) -> str:
    """Return the number of the signature, where one is easily read; "" else."""
    tail = "\n".join(text.splitlines()[:60])
    found = _PHONE.search(tail)
    return found[1].strip() if found and normal_phone(found[1], region) else ""


def _said(letter: Letter) -> str:
    said = letter.said or letter.text.strip()
    return f"{letter.subject}\n\n{said}".strip()[:LONGEST_SAID]


def _when(letter: Letter, received_at: datetime) -> datetime:
    at = letter.written_at
    return at if at is not None and received_at - BELIEVED <= at <= received_at else received_at
