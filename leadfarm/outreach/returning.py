"""A report about one of our mails: the message of the ledger is found and settled."""

from collections.abc import Collection
from contextlib import suppress as quietly
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import complain, suppress
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Touch
from leadfarm.outreach.codes import WAITING, BounceKind, MessageState
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import SuppressionReason
from leadfarm.rules.mail_reports import Failure, Reason, Report, ReportKind

# Whoever names no message can only mean a mail of the last days.
LAST_DAYS = timedelta(days=5)
# So many mails in a row that come back from an address count as one that is dead.
IN_A_ROW = 3
ABOUT_US = (Reason.US, Reason.CONTENT, Reason.TOO_LARGE)
ARRIVED = Q(state__in=[MessageState.SENT, MessageState.IN_DOUBT, MessageState.BOUNCED])


def settle_report(workspace: Workspace, report: Report, now: datetime) -> Touch | None:
    """Settle the message a report is about; return the touch, None where none of ours is meant.

    What the other side still tries to deliver is no end. A report that comes twice, and a
    complaint that comes after another, leave nothing.
    """
    if report.delayed_only:
        return None
    named = [one.address for one in report.failures] + list(report.complained)
    message = _meant(workspace, report.about, [one for one in named if one], now)
    if message is None:
        return None
    if report.kind is ReportKind.COMPLAINT:
        return complain(message.lead, message.contact, now=now, message_id=message.id)
    return _came_back(message, _of(message, report), now)


def _meant(
    workspace: Workspace, ids: Collection[str], addresses: Collection[str], now: datetime
) -> Message | None:
    """Return our message with one of these Message-IDs, else the last one to these addresses."""
    keys = []
    for one in ids:
        with quietly(ValueError):
            keys.append(UUID(one.partition("@")[0]))
    went = Message.objects.of(workspace).filter(ARRIVED, lead__isnull=False, contact__isnull=False)
    went = went.select_related("lead", "contact").order_by("-id")
    found = went.filter(mail_key__in=keys).first() if keys else None
    if found is not None or not addresses:
        return found
    lately = went.filter(sent_at__gte=now - LAST_DAYS, contact__email_key__in=list(addresses))
    return lately.first()


def _of(message: Message, report: Report) -> Failure:
    """Return the failure of the address we wrote to; the first where it was sent on to another."""
    address = message.contact.email_key if message.contact else ""
    same = (one for one in report.failures if one.address == address)
    return next(same, report.failures[0])


def _came_back(message: Message, failure: Failure, now: datetime) -> Touch | None:
    kind = BounceKind.HARD if failure.is_dead else BounceKind.SOFT
    if failure.reason in ABOUT_US:
        kind = BounceKind.OF_OURS
    if not _note(message, kind, f"{failure.reason.value} {failure.words}".strip()[:300]):
        return None
    if message.lead is None or message.contact is None:
        return None
    touch = record_touch(
        message.lead,
        TouchKind.MAIL_BOUNCED,
        happened_at=now,
        now=now,
        actor=SCHEDULE,
        by_machine=True,
        contact_id=message.contact_id,
        ref=message.id,
    )
    if kind is BounceKind.HARD or _comes_back_always(message):
        reason = SuppressionReason.HARD_BOUNCE
        suppress(message.contact, reason, by=SCHEDULE, now=now, message_id=message.id)
    return touch


def _note(message: Message, kind: BounceKind, said: str) -> bool:
    """Write into the ledger that a message came back; return whether it had not before."""
    rows = Message.objects.of(message.workspace_id).filter(id=message.id)
    # A bounce proves that a message in doubt went out.
    settled = rows.exclude(state=MessageState.BOUNCED).update(
        state=MessageState.BOUNCED,
        sent_at=Coalesce("sent_at", "sending_at", "planned_at"),
        bounce=kind,
        smtp_reply=said,
    )
    return bool(settled)


def _comes_back_always(message: Message) -> bool:
    """Return whether the last mails to this contact all came back, for reasons of the address."""
    went = Message.objects.of(message.workspace_id).filter(ARRIVED, contact=message.contact)
    last = list(went.order_by("-sent_at", "-id").values_list("bounce", flat=True)[:IN_A_ROW])
    return len(last) == IN_A_ROW and all(one == BounceKind.SOFT for one in last)


def why_it_came_back(workspace_id: int, messages: list[int]) -> dict[int, str]:
    """Return the reason of each message that came back or was refused, for the timeline."""
    found = Message.objects.of(workspace_id).filter(id__in=messages).exclude(smtp_reply="")
    return dict(found.values_list("id", "smtp_reply"))


def hold_for_the_away(workspace: Workspace, contact_id: int, until: datetime, now: datetime) -> int:
    """Put off planned mail of machines to a contact who is away; return how many messages."""
    waiting = Message.objects.of(workspace).filter(
        contact_id=contact_id, state__in=WAITING, member__isnull=True, not_before__lt=until
    )
    return waiting.update(not_before=Greatest(F("not_before"), until))
