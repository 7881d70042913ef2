"""What follows an answer that was no acceptance: the bounce."""

from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import SCHEDULE
from leadfarm.consent.actions import suppress
from leadfarm.leads.actions import record_touch
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.models import Message
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import SuppressionReason


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
