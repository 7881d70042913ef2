"""The tick that sends what is due: claim, mark, hand over, close (law 7).

The order is what makes "never twice, never lost" true. A batch is leased durably. Each message is
marked durably before it is handed over, and composed while the mark is on its way to the disk. A
mark says too that the message before was accepted, because everything else is written at once.
So a sender that is killed leaves one message in doubt at most, and everything else is known.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.actions.asked import plan_asked
from leadfarm.outreach.actions.telling import plan_told
from leadfarm.outreach.codes import MessageState
from leadfarm.outreach.delivery.breaker import Breaker
from leadfarm.outreach.delivery.carriers import Carrier, carrier_for
from leadfarm.outreach.delivery.claiming import BATCH, Claim, claim
from leadfarm.outreach.delivery.composing import Composed, Composer, Row
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.delivery.ledger import LEASE_TIME, Marker, close, recover, settle
from leadfarm.outreach.delivery.settling import bounced
from leadfarm.outreach.delivery.throttling import Bound, Throttle
from leadfarm.outreach.models import MailServer, Sender, SendingRule
from leadfarm.rules.sending_pace import retry_after

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
# Whoever asks for a later try is asked again until one of the two is used up.
MOST_ATTEMPTS = 8
LONGEST_TRY = timedelta(days=3)
# Whoever sends for long looks so often whether sending was paused, or the server left alone.
LOOK_AROUND = timedelta(seconds=2)
PAUSED = "Sending is paused."
LEFT_ALONE = "The mail server is left alone for a while."
NEVER_LEFT = (Fate.NOT_HANDED_OVER, Fate.CUT_OFF, Fate.BROKEN)


@dataclass
class Tally:
    """What one run did, by count of messages. `stopped` says why it ended early."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    in_doubt: int = 0
    held: int = 0
    cancelled: int = 0
    put_off: int = 0
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
    _use(_Run(workspace, Composer(workspace.id, sender), way, clock, tally), batch, most)
    return tally


@dataclass
class _Run:
    workspace: Workspace
    composer: Composer
    carrier: Carrier
    clock: Clock
    tally: Tally
    breaker: Breaker = field(init=False)
    looked_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.breaker, self.looked_at = Breaker(self.workspace), self.clock()

    def halted(self) -> str:
        """Return why others have stopped sending meanwhile; asks at most every two seconds."""
        now = self.clock()
        if now - self.looked_at < LOOK_AROUND:
            return ""
        self.looked_at = now
        if SendingRule.objects.of(self.workspace).filter(paused_at__isnull=False).exists():
            return PAUSED
        stopped = MailServer.objects.of(self.workspace).filter(retry_at__gt=now)
        return LEFT_ALONE if stopped.exists() else ""


def _use(run: _Run, batch: int, most: int) -> None:
    try:
        if _server_may_be_used(run):
            _drain(run, batch, most)
    finally:
        run.carrier.close()


def _server_may_be_used(run: _Run) -> bool:
    """Try a server that was left alone: with a connection, then with one message."""
    server = MailServer.objects.of(run.workspace).first()
    if server is None or server.stopped_since is None:
        return True
    if not run.breaker.tries(run.clock()):
        run.tally.stopped = LEFT_ALONE
        return False
    answer = run.carrier.probe()
    if answer.fate is not Fate.ACCEPTED:
        run.tally.stopped = run.breaker.open(answer, run.clock())
        return False
    found = claim(run.workspace, run.clock(), 1)
    while found.looked_at and not found.ids:
        found = claim(run.workspace, run.clock(), 1)
    _send_batch(run, found)
    if run.breaker.is_trying and not run.tally.stopped:
        run.breaker.close(run.clock(), sent=False)  # it answers, and nothing is there to be sent
    return not run.tally.stopped


def _drain(run: _Run, batch: int, most: int) -> None:
    looked_at = 0
    while looked_at < most and not run.tally.stopped:
        found = claim(run.workspace, run.clock(), min(batch, most - looked_at))
        run.tally.stopped = PAUSED if found.is_paused else ""
        if not found.looked_at:
            break
        looked_at += found.looked_at
        _send_batch(run, found)


def _send_batch(run: _Run, found: Claim) -> None:
    run.tally.held += found.held
    run.tally.cancelled += found.cancelled
    run.tally.put_off += found.put_off
    if not found.ids:
        return
    claimed_at, marker = run.clock(), Marker(run.workspace.id, found.lease)
    rows, went = run.composer.load(found.lease), set()
    for row in rows:
        marker.start(row.id, run.clock())
        try:
            composed = _compose(run, row)
        finally:
            marker.wait()
        outcome = _hand_over(run, row, composed)
        if outcome.fate is not Fate.ACCEPTED:
            _not_accepted(run, found.lease, row, outcome)
        if outcome.fate not in NEVER_LEFT:
            went.add(row.id)
        run.tally.stopped = run.breaker.saw(row.id, row.domain, outcome, run.clock())
        run.tally.stopped = run.tally.stopped or run.halted()
        if run.tally.stopped:
            break
    _close(run, found.lease)
    _give_back(run, [row for row in rows if row.id not in went], claimed_at)


def _close(run: _Run, lease: int) -> None:
    sent = close(run.workspace.id, lease, run.clock())
    run.tally.sent += sent
    if sent:
        MailServer.objects.of(run.workspace).update(last_sent_at=run.clock())


def _give_back(run: _Run, rows: Sequence[Row], claimed_at: datetime) -> None:
    """Take out of the limits' books what was counted and did not go after all."""
    rule = SendingRule.objects.of(run.workspace).first() if rows else None
    if rule is None or not rule.limits_something:
        return
    bound = [Bound(row.id, row.domain, row.nature) for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        throttle = Throttle(cursor, run.workspace, rule, run.clock())
        throttle.give_back(bound, claimed_at)


def _compose(run: _Run, row: Row) -> Composed | Outcome:
    """Return the mail, or what is wrong with it: whatever that is, the others go on."""
    try:
        return run.composer.compose(row, run.clock())
    except LeadfarmError as error:
        return Outcome(Fate.BROKEN, 0, str(error))
    except Exception as error:
        log.exception("message %s could not be composed", row.id)
        return Outcome(Fate.BROKEN, 0, f"It could not be put into words: {type(error).__name__}.")


def _hand_over(run: _Run, row: Row, composed: Composed | Outcome) -> Outcome:
    if isinstance(composed, Outcome):
        return composed
    return run.carrier.deliver(row, composed, run.clock())


def _not_accepted(run: _Run, lease: int, row: Row, outcome: Outcome) -> None:
    """Write at once what became of it: the next mark says that this one was accepted."""
    now, tally = run.clock(), run.tally
    write = partial(settle, run.workspace.id, lease, row.id, code=outcome.code, reply=outcome.reply)
    pause = retry_after(max(row.attempts, 1), row.id)
    is_old = row.deferred_since is not None and now - row.deferred_since > LONGEST_TRY
    if outcome.fate is Fate.NOT_HANDED_OVER:
        write(MessageState.PLANNED, unused=True, deferred=row.deferred_since is not None)
    elif outcome.fate is Fate.CUT_OFF and not is_old:
        # Behind the others: if it is this mail that makes the server break off, they still go.
        later = now + pause
        write(MessageState.PLANNED, not_before=later, unused=True, deferred=True)
    elif outcome.fate is Fate.UNKNOWN:
        write(MessageState.IN_DOUBT)
        tally.in_doubt += 1
    elif outcome.fate is Fate.LATER and row.attempts < MOST_ATTEMPTS and not is_old:
        write(MessageState.PLANNED, not_before=now + pause, deferred=True)
        tally.later += 1
    else:
        write(MessageState.FAILED)
        tally.failed += 1
        if outcome.fate is not Fate.BROKEN:
            bounced(run.workspace.id, row.id, outcome, now)
