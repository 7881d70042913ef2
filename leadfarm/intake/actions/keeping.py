"""Keeping what arrived and was not captured: as it came, with the reason, for a time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from leadfarm.access.models import Member, Workspace
from leadfarm.intake.arrival import Arrival
from leadfarm.intake.codes import ReceiptState
from leadfarm.intake.models import Receipt
from leadfarm.intake.notices import tell_of_webhook
from leadfarm.leads.models import PersonalText

# How long a raw payload is kept: long enough to answer for the touch it became, or to mend the
# mapping it waits for.
KEPT_CAPTURED = timedelta(days=3 * 365)
KEPT_WAITING = timedelta(days=180)


def delete_on(state: ReceiptState, received_at: datetime) -> date:
    """Return the day on which the raw payload of such a receipt goes."""
    kept = KEPT_CAPTURED if state is ReceiptState.CAPTURED else KEPT_WAITING
    return (received_at + kept).date()


def storable(payload: str) -> str:
    """Return the text as the database can hold it: NULs and halves of letters replaced."""
    if payload.isascii() and "\0" not in payload:
        return payload
    return payload.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@transaction.atomic(savepoint=False)
def keep(
    workspace: Workspace,
    arrival: Arrival,
    state: ReceiptState,
    reasons: Sequence[str],
    *,
    now: datetime,
) -> Receipt:
    """Keep the payload, where there is one, with its receipt; nothing else comes of it for now."""
    text = arrival.payload and PersonalText.objects.create(
        workspace=workspace,
        kind="payload",
        body=storable(arrival.payload),
        written_at=now,
        delete_on=delete_on(state, now),
    )
    if arrival.endpoint is not None and state is ReceiptState.REFUSED:
        tell_of_webhook(arrival.endpoint, now=now)
    return Receipt.objects.create(
        workspace=workspace, door=arrival.door, key=arrival.key or None, form=arrival.form,
        endpoint=arrival.endpoint, mailbox=arrival.mailbox, received_at=now,
        state=state,
        reasons=[reason[:300] for reason in reasons],
        payload=text or None,
    )  # fmt: skip


def keep_again(receipt: Receipt, state: ReceiptState, reasons: Sequence[str]) -> Receipt:
    """Note what became of another try; one that was captured meanwhile stays captured."""
    rows = Receipt.objects.of(receipt.workspace_id).filter(id=receipt.id)
    waiting = rows.exclude(state=ReceiptState.CAPTURED)
    waiting.update(state=state, reasons=[reason[:300] for reason in reasons])
    return rows.get()


def dismiss(receipt: Receipt, *, by: Member, now: datetime) -> bool:
    """Take what was not captured off the list; return whether it was still on it."""
    rows = Receipt.objects.of(receipt.workspace_id).filter(id=receipt.id, dismissed_at=None)
    waiting = rows.exclude(state=ReceiptState.CAPTURED)
    return bool(waiting.update(dismissed_at=now, dismissed_by=by))


def take_up(receipt: Receipt) -> None:
    """Put a dismissed receipt back on the list."""
    rows = Receipt.objects.of(receipt.workspace_id).filter(id=receipt.id)
    rows.update(dismissed_at=None, dismissed_by=None)
