"""A person decides about a message that the machine cannot: in doubt, failed, or still waiting."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.codes import WAITING, MessageState
from leadfarm.outreach.delivery.ledger import SAY_SENT
from leadfarm.outreach.models import Message

NOW_SENT = f"""
WITH sent AS (
    UPDATE outreach_message
       SET state = {int(MessageState.SENT)}, sent_at = coalesce(sending_at, %(now)s)
     WHERE workspace_id = %(workspace)s AND id = %(id)s AND state = {int(MessageState.IN_DOUBT)}
    RETURNING *)
{SAY_SENT}
"""  # noqa: S608


def mark_as_sent(message: Message, *, now: datetime) -> None:
    """Note that the other side has it (its log shows the Message-ID); it goes on the timeline."""
    values: dict[str, Any] = {"workspace": message.workspace_id, "id": message.id, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(NOW_SENT, values)
        if cursor.rowcount == 0 and not _is(message, MessageState.SENT):
            raise _moved(message)


@transaction.atomic
def send_again(message: Message, *, now: datetime) -> None:
    """Put a message in doubt, or one that failed, back into the queue under its Message-ID."""
    changed = (
        Message.objects.of(message.workspace_id)
        .filter(id=message.id, state__in=[MessageState.IN_DOUBT, MessageState.FAILED])
        .update(
            state=MessageState.PLANNED,
            not_before=now,
            sending_at=None,
            smtp_code=None,
            smtp_reply="",
            attempts=0,
        )
    )
    if not changed:
        raise _moved(message)


def cancel(message: Message, *, now: datetime) -> None:
    """Take a waiting message back."""
    waiting = Message.objects.of(message.workspace_id).filter(id=message.id, state__in=WAITING)
    if not waiting.update(state=MessageState.CANCELLED):
        raise _moved(message)


def _is(message: Message, state: MessageState) -> bool:
    return Message.objects.of(message.workspace_id).filter(id=message.id, state=state).exists()


def _moved(message: Message) -> LeadfarmError:
    now_at = Message.objects.of(message.workspace_id).filter(id=message.id).first()
    state = MessageState(now_at.state).label.lower() if now_at else "gone"
    return LeadfarmError(f"The message is {state} by now.", "Look at the list again.")
