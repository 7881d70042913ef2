"""The tick that sends what is due: claim, mark, hand over, close (law 7).

The order is what makes "never twice, never lost" true. A batch is leased durably. Each message is
marked durably before it is handed over, and composed while the mark is on its way to the disk. A
mark says too that the message before was accepted, because everything else is written at once.
So a sender that is killed leaves one message in doubt at most, and everything else is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions.asked import plan_asked
from leadfarm.outreach.actions.telling import plan_told
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.delivery.carriers import Carrier, carrier_for
from leadfarm.outreach.delivery.claiming import BATCH, Claim, claim
from leadfarm.outreach.delivery.composing import Composed, Composer, Row
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.delivery.ledger import LEASE_TIME, Marker, close, recover, settle
from leadfarm.outreach.delivery.settling import bounced, server_refused, server_took
from leadfarm.outreach.models import Sender

Clock = Callable[[], datetime]
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=12)


@dataclass
class Tally:
    """What one run did, by count of messages. `stopped` says why it ended early."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    in_doubt: int = 0
    held: int = 0
    cancelled: int = 0
    stopped: str = ""


def send_due(
    workspace: Workspace,
    clock: Clock,
    *,
    carrier: Carrier | None = None,
    lease_time: timedelta = LEASE_TIME,
    batch: int = BATCH,
    most: int = 10_000,
    tells: bool = True,
) -> Tally:
    """Send what is due in this workspace, at most `most` messages; return what was done.

    Any number of workers may run it side by side. Without a sender or a mail server nothing is
    claimed: messages wait. With `tells`, colleagues are mailed of what they were told.
    """
    tally = Tally()
    tally.in_doubt = recover(workspace.id, clock(), lease_time).in_doubt
    plan_asked(workspace.id, clock())
    sender = Sender.objects.of(workspace).first()
    way = carrier or carrier_for(workspace, clock())
    if sender is None or way is None:
        tally.stopped = "No sender or mail server is set up, or it asked us to wait."
        return tally
    if tells:
        plan_told(workspace, clock())
    try:
        _drain(_Run(workspace, Composer(workspace.id, sender), way, clock, tally), batch, most)
    finally:
        way.close()
    return tally


@dataclass
class _Run:
    workspace: Workspace
    composer: Composer
    carrier: Carrier
    clock: Clock
    tally: Tally


def _drain(run: _Run, batch: int, most: int) -> None:
    looked_at = 0
    while looked_at < most and not run.tally.stopped:
        found = claim(run.workspace, run.clock(), min(batch, most - looked_at))
        if not found.looked_at:
            break
        looked_at += found.looked_at
        run.tally.held += found.held
        run.tally.cancelled += found.cancelled
        _send_batch(run, found)


def _send_batch(run: _Run, found: Claim) -> None:
    if not found.ids:
        return
    marker = Marker(run.workspace.id, found.lease)
    for row in run.composer.load(found.lease):
        marker.start(row.id, run.clock())
        try:
            composed = _compose(run, row)
        finally:
            marker.wait()
        if isinstance(composed, LeadfarmError):
            _write(
                run, found.lease, row, MessageState.FAILED, Outcome(Fate.REFUSED, 0, str(composed))
            )
            run.tally.failed += 1
            continue
        outcome = run.carrier.deliver(row, composed, run.clock())
        if outcome.fate is not Fate.ACCEPTED:
            _not_accepted(run, found.lease, row, outcome)
        if run.tally.stopped:
            break
    sent = close(run.workspace.id, found.lease, run.clock())
    run.tally.sent += sent
    if sent:
        server_took(run.workspace, run.clock())


def _compose(run: _Run, row: Row) -> Composed | LeadfarmError:
    try:
        return run.composer.compose(row, run.clock())
    except LeadfarmError as error:
        return error


def _not_accepted(run: _Run, lease: int, row: Row, outcome: Outcome) -> None:
    now, tally = run.clock(), run.tally
    if outcome.fate is Fate.NOT_HANDED_OVER:
        _write(run, lease, row, MessageState.PLANNED, outcome)
        tally.stopped = outcome.reply or "The mail server cannot be reached."
        server_refused(run.workspace, outcome, now)
    elif outcome.fate is Fate.UNKNOWN:
        _write(run, lease, row, MessageState.IN_DOUBT, outcome)
        tally.in_doubt += 1
    elif outcome.fate is Fate.LATER and row.attempts < MOST_ATTEMPTS:
        pause = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
        _write(run, lease, row, MessageState.PLANNED, outcome, now + pause)
        tally.later += 1
    else:
        _write(run, lease, row, MessageState.FAILED, outcome)
        tally.failed += 1
        bounced(run.workspace.id, row.id, outcome, now)


def _write(
    run: _Run,
    lease: int,
    row: Row,
    state: MessageState,
    outcome: Outcome,
    not_before: datetime | None = None,
) -> None:
    settle(
        run.workspace.id,
        lease,
        row.id,
        state,
        code=outcome.code,
        reply=outcome.reply,
        not_before=not_before,
    )
