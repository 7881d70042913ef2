"""What follows an answer that was no acceptance: bounces, and a server that wants a pause."""

from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.consent.actions import suppress
from leadfarm.leads.actions import record_touch
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.models import MailServer, Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import SuppressionReason

SHORTEST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


@transaction.atomic
def bounced(workspace_id: int, message_id: int, outcome: Outcome, now: datetime) -> None:
    """Put the bounce on the timeline; an address that does not exist gets no more mail."""
    message = (
        Message.objects.of(workspace_id)
        .select_related("lead", "contact")
        .filter(id=message_id)
        .first()
    )
    if message is None or message.lead is None or message.contact is None:
        return
    record_touch(
        message.lead,
        TouchKind.MAIL_BOUNCED,
        happened_at=now,
        now=now,
        actor=SCHEDULE,
        by_machine=True,
        contact_id=message.contact_id,
        ref=message.id,
    )
    if outcome.fate is Fate.DEAD_ADDRESS:
        reason = SuppressionReason.HARD_BOUNCE
        suppress(message.contact, reason, by=SCHEDULE, now=now, message_id=message.id)


def server_refused(workspace: Workspace, outcome: Outcome, now: datetime) -> None:
    """Note the refusal, and leave the server alone for a while: a minute, doubling to an hour."""
    server = MailServer.objects.of(workspace).first()
    if server is None:
        return
    pause = SHORTEST_PAUSE
    if server.retry_at is not None and server.refused_at is not None:
        pause = min((server.retry_at - server.refused_at) * 2, LONGEST_PAUSE)
    said = f"{outcome.code} {outcome.reply}".removeprefix("0 ")[:300]
    MailServer.objects.of(workspace).filter(id=server.id).update(
        refused_at=now, refusal=said, retry_at=now + pause
    )


def server_took(workspace: Workspace, now: datetime) -> None:
    """Note that the server works."""
    MailServer.objects.of(workspace).update(
        last_sent_at=now, refused_at=None, refusal="", retry_at=None
    )
