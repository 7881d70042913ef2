"""Receiving: the one function behind every door. Nothing that arrives is lost (S1-4).

What can be read is captured; what cannot is kept as it came, with the reason, and can be replayed.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadfarm.access.actors import FORM, Actor
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.addresses import ErasedPersonError, refuse_erased
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.capture import Captured, capture
from leadfarm.intake.actions.following import follow
from leadfarm.intake.actions.keeping import keep, keep_again
from leadfarm.intake.actions.recognising import one_at_a_time
from leadfarm.intake.actions.suspecting import junk_reasons
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.doors import NobodyError, UnreadableError, read
from leadfarm.intake.models import Receipt
from leadfarm.leads.listeners import tell
from leadfarm.leads.models import PersonalText
from leadfarm.rules.names import normal_phone

log = logging.getLogger(__name__)
OUR_FAULT = "Something went wrong on our side. It is kept as it came and can be replayed."


@dataclass(frozen=True)
class Received:
    """What became of an arrival; `is_repeat` where the same had come before."""

    receipt: Receipt
    captured: Captured | None = None
    is_repeat: bool = False


def receive(workspace: Workspace, arrival: Arrival, *, now: datetime, by: Actor = FORM) -> Received:
    """Take in what came through a door, in a transaction of its own; what fails is kept refused.

    The same key at the same door again returns the first receipt and leaves nothing. Fails only
    where the database does.
    """
    try:
        with within(workspace):
            return _taken_in(workspace, arrival, now, by)
    except UnreadableError as wrong:
        state = ReceiptState.IGNORED if isinstance(wrong, NobodyError) else ReceiptState.REFUSED
        return _kept(workspace, arrival, state, wrong.reasons, now)
    except ErasedPersonError as refusal:
        return _kept_nothing_of(workspace, arrival, refusal, now)
    except Exception:
        log.exception("An arrival by %s could not be captured.", arrival.door.slug)
        return _kept(workspace, arrival, ReceiptState.REFUSED, (OUR_FAULT,), now)


def hold_back(
    workspace: Workspace, arrival: Arrival, reasons: Sequence[str], *, now: datetime
) -> Receipt:
    """Keep in quarantine what a trap caught, where a person can let it in; never who was erased."""
    try:
        with within(workspace):
            _refuse_erased(workspace, read(workspace, arrival, now))
    except UnreadableError:
        log.info("What a trap caught cannot be read; it is kept as it came.")
    except ErasedPersonError as refusal:
        return _kept_nothing_of(workspace, arrival, refusal, now).receipt
    with within(workspace):
        return keep(workspace, arrival, ReceiptState.QUARANTINED, reasons, now=now)


def replay(receipt: Receipt, *, now: datetime, by: Actor, released: bool = False) -> Received:
    """Read a kept payload again and capture it, as of the time it came; a captured one stays.

    `released`: a person has said that it is no junk. LeadfarmError where the payload is gone.
    """
    workspace = receipt.workspace
    try:
        with within(workspace):
            waiting = _waiting(receipt)
            if waiting is None:
                return Received(Receipt.objects.of(workspace).get(id=receipt.id), is_repeat=True)
            return _taken_in(workspace, _arrival(waiting), now, by, waiting, released)
    except UnreadableError as wrong:
        state = ReceiptState.IGNORED if isinstance(wrong, NobodyError) else ReceiptState.REFUSED
        with within(workspace):
            return Received(keep_again(receipt, state, wrong.reasons))
    except ErasedPersonError as refusal:
        with within(workspace):
            PersonalText.objects.of(workspace).filter(id=receipt.payload_id or 0).delete()
            return Received(keep_again(receipt, ReceiptState.REFUSED, (refusal.message,)))


def _taken_in(
    workspace: Workspace,
    arrival: Arrival,
    now: datetime,
    by: Actor,
    waiting: Receipt | None = None,
    released: bool = False,
) -> Received:
    if arrival.key and waiting is None:
        earlier = _earlier(workspace, arrival)
        if earlier is not None:
            return Received(earlier, is_repeat=True)
    sent = read(workspace, arrival, waiting.received_at if waiting else now)
    reasons = () if released else junk_reasons(workspace, arrival.door, sent)
    if reasons:
        _refuse_erased(workspace, sent)
    if reasons and waiting is not None:
        return Received(keep_again(waiting, ReceiptState.QUARANTINED, reasons))
    if reasons:
        return Received(keep(workspace, arrival, ReceiptState.QUARANTINED, reasons, now=now))
    captured = capture(workspace, sent, arrival, now=now, by=by, waiting=waiting)
    follow(sent, captured, now=now, by=by)
    if arrival.door is Door.MAIL:  # programs wait for answers
        tell(captured.touch)
    return Received(captured.receipt, captured)


def _refuse_erased(workspace: Workspace, sent: Sent) -> None:
    """Raise ErasedPersonError where the sender was erased; a capture asks that by itself."""
    number = normal_phone(sent.phone, sent.country or workspace.country)
    refuse_erased(workspace.id, sent.email, number)


def _kept_nothing_of(
    workspace: Workspace, arrival: Arrival, refusal: ErasedPersonError, now: datetime
) -> Received:
    nothing = replace(arrival, payload="", key="")
    return _kept(workspace, nothing, ReceiptState.REFUSED, (refusal.message,), now)


def _earlier(workspace: Workspace, arrival: Arrival) -> Receipt | None:
    """Return the receipt of the same arrival, once whoever takes it in at this moment is done."""
    one_at_a_time(workspace, f"key {arrival.door} {arrival.key}")
    same = Receipt.objects.of(workspace).filter(door=arrival.door, key=arrival.key)
    return same.select_related("lead", "contact", "touch").first()


def _kept(
    workspace: Workspace,
    arrival: Arrival,
    state: ReceiptState,
    reasons: tuple[str, ...],
    now: datetime,
) -> Received:
    with within(workspace):
        earlier = _earlier(workspace, arrival) if arrival.key else None
        if earlier is not None:
            return Received(earlier, is_repeat=True)
        return Received(keep(workspace, arrival, state, reasons, now=now))


def _waiting(receipt: Receipt) -> Receipt | None:
    """Return the receipt, locked, with its payload; None where it is captured already."""
    rows = Receipt.objects.of(receipt.workspace_id).select_for_update(of=("self",))
    found = rows.select_related("payload", "form", "endpoint", "mailbox").get(id=receipt.id)
    if found.state == ReceiptState.CAPTURED:
        return None
    if found.payload is None:
        raise LeadfarmError(
            "The raw payload is deleted, its time was over.", "Ask the sender to send it again."
        )
    return found


def _arrival(waiting: Receipt) -> Arrival:
    assert waiting.payload is not None
    return Arrival(
        Door(waiting.door),
        waiting.payload.body,
        waiting.key or "",
        form=waiting.form,
        endpoint=waiting.endpoint,
        mailbox=waiting.mailbox,
    )
