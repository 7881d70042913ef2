"""The ledger's writes while sending: the mark, the settlement, the closing, the recovery."""

import select
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from leadfarm.engine.errors import LeadfarmError
from leadfarm.outreach.codes import MessageKind, MessageState
from leadfarm.rules.codes import TouchKind

# No mark for so long means that the sender is gone. Longer than a server may take to answer.
LEASE_TIME = timedelta(minutes=3)
IN_DOUBT = MessageState.IN_DOUBT
BY_HAND = f"message.kind = {int(MessageKind.BY_HAND)}"
MARK = f"""
UPDATE outreach_message SET sending_at = $4
 WHERE workspace_id = $1 AND id = $2 AND lease = $3 AND state = {int(MessageState.LEASED)}
"""  # noqa: S608
# Touches of messages that are now known to be sent; `sent` is the CTE that says which.
SAY_SENT = f"""
INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, contact_id,
                         happened_at, known_at, recorded_at, member_id, ref)
SELECT message.workspace_id,
       CASE WHEN {BY_HAND} THEN {int(TouchKind.MAIL_BY_HAND)}
            ELSE {int(TouchKind.MAIL_SENT)} END,
       NOT ({BY_HAND}), message.lead_id,
       message.contact_id, message.sent_at, greatest(%(now)s, message.sent_at),
       greatest(%(now)s, message.sent_at), message.member_id, message.id
  FROM sent message WHERE message.lead_id IS NOT NULL
"""  # noqa: S608
AS_SENT = f"""state = {int(MessageState.SENT)}, sent_at = message.sending_at, smtp_code = 250,
           lease = NULL, leased_at = NULL, deferred_since = NULL"""
TO_QUEUE = f"""state = {int(MessageState.PLANNED)}, lease = NULL, leased_at = NULL,
           sending_at = NULL"""
CLOSE = f"""
WITH sent AS (
    UPDATE outreach_message message SET {AS_SENT}
     WHERE workspace_id = %(workspace)s AND lease = %(lease)s
       AND state = {int(MessageState.LEASED)} AND sending_at IS NOT NULL
    RETURNING message.*),
back AS (
    UPDATE outreach_message message SET {TO_QUEUE}, attempts = attempts - 1
     WHERE workspace_id = %(workspace)s AND lease = %(lease)s
       AND state = {int(MessageState.LEASED)} AND sending_at IS NULL),
said AS ({SAY_SENT})
SELECT count(*) FROM sent
"""  # noqa: S608
# The last marked message of a batch whose sender is gone may or may not have been handed over.
# Those marked before it were answered with 250, or their refusal was written at once.
RECOVER = f"""
WITH gone AS (
    SELECT lease, max(id) FILTER (WHERE sending_at IS NOT NULL) AS last_marked
      FROM outreach_message
     WHERE workspace_id = %(workspace)s AND state = {int(MessageState.LEASED)}
     GROUP BY lease
    HAVING max(greatest(leased_at, sending_at)) <= %(silent_since)s),
settled AS (
    UPDATE outreach_message message
       SET state = CASE WHEN sending_at IS NULL THEN {int(MessageState.PLANNED)}
                        WHEN id = gone.last_marked THEN {int(MessageState.IN_DOUBT)}
                        ELSE {int(MessageState.SENT)} END,
           sent_at = CASE WHEN id < gone.last_marked THEN sending_at END,
           attempts = CASE WHEN sending_at IS NULL THEN attempts - 1 ELSE attempts END,
           lease = NULL, leased_at = NULL
      FROM gone
     WHERE message.workspace_id = %(workspace)s AND message.lease = gone.lease
       AND message.state = {int(MessageState.LEASED)}
    RETURNING message.*),
sent AS (SELECT * FROM settled WHERE state = {int(MessageState.SENT)}),
said AS ({SAY_SENT})
SELECT count(*) FILTER (WHERE state = {int(MessageState.PLANNED)}),
       count(*) FILTER (WHERE state = {int(MessageState.IN_DOUBT)}),
       count(*) FILTER (WHERE state = {int(MessageState.SENT)})
  FROM settled
"""  # noqa: S608
SETTLE = """
UPDATE outreach_message
   SET state = %(state)s, not_before = coalesce(%(not_before)s, not_before),
       sending_at = CASE WHEN %(handed_over)s THEN sending_at END,
       attempts = greatest(attempts - %(unused)s, 0),
       deferred_since = CASE WHEN %(deferred)s THEN coalesce(deferred_since, sending_at) END,
       smtp_code = %(code)s, smtp_reply = %(reply)s, lease = NULL, leased_at = NULL
 WHERE workspace_id = %(workspace)s AND id = %(id)s AND lease = %(lease)s
"""


# The mark is prepared once a session: planning it anew would cost each mail more than the writing
# does. Whether it still is, only the session can say: psycopg throws away all that is prepared
# when a table is dropped or a savepoint is rolled back.
NAME = b"leadfarm_mark"
IS_PREPARED = b"SELECT 1 FROM pg_prepared_statements WHERE name = 'leadfarm_mark'"


class LeaseLost(LeadfarmError):
    """Another worker took over, because this one was silent too long; nothing was sent."""


@dataclass(frozen=True)
class Recovered:
    """What became of batches whose sender is gone."""

    back_in_queue: int
    in_doubt: int
    sent: int


class Marker:
    """Writes the durable mark of one message while the next thing is prepared.

    The mark goes out without waiting; `wait` returns when it is on disk. It uses the connection
    beneath Django's, on which nothing else may run in between.
    """

    def __init__(self, workspace_id: int, lease: int) -> None:
        connection.ensure_connection()
        self._below: psycopg.Connection[Any] = connection.connection
        self._readable = select.poll()
        self._readable.register(self._below.pgconn.socket, select.POLLIN)
        self._own = [str(workspace_id).encode(), str(lease).encode()]
        if self._below.pgconn.exec_(IS_PREPARED).ntuples == 0:
            made = self._below.pgconn.prepare(NAME, MARK.encode())
            if made.status != ExecStatus.COMMAND_OK:
                problem = made.get_error_message()
                raise psycopg.OperationalError(f"The mark could not be prepared: {problem}")

    def start(self, message_id: int, at: datetime) -> None:
        """Send the mark on its way."""
        workspace, lease = self._own
        when = at.isoformat().encode()
        values = [workspace, str(message_id).encode(), lease, when]
        self._below.pgconn.send_query_prepared(NAME, values)
        self._below.pgconn.flush()

    def wait(self) -> None:
        """Return once the mark is durable; raise LeaseLost where the lease is another's by now.

        Other threads run meanwhile: one of them may hold the lock that the mark waits for.
        """
        rows, problem = 0, ""
        while result := self._answer():
            rows = result.command_tuples or 0
            if result.status != ExecStatus.COMMAND_OK:
                problem = result.get_error_message()
        if problem:
            raise psycopg.OperationalError(f"The mark could not be written: {problem}")
        if rows != 1:
            raise LeaseLost("The lease of this batch was taken over.", "The other worker goes on.")

    def _answer(self) -> PGresult | None:
        """Return the next answer of the server; None where it has said all.

        Asked for at once, libpq would wait for it and let no other thread of Python run.
        """
        session = self._below.pgconn
        while session.is_busy():
            self._readable.poll()
            session.consume_input()
        return session.get_result()


def settle(
    workspace_id: int,
    lease: int,
    message_id: int,
    state: MessageState,
    *,
    code: int = 0,
    reply: str = "",
    not_before: datetime | None = None,
    unused: bool = False,
    deferred: bool = False,
) -> None:
    """Write at once what became of a message.

    `unused` gives the attempt back; `deferred` keeps since when it is put off.
    """
    values = {"workspace": workspace_id, "id": message_id, "lease": lease, "state": int(state)}
    said = {"code": code or None, "reply": reply[:300], "not_before": not_before}
    how = {"unused": int(unused), "deferred": deferred, "handed_over": state is IN_DOUBT}
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, {**values, **said, **how})


def close(workspace_id: int, lease: int, now: datetime) -> int:
    """Close a batch: marked messages are sent, with their touches; the rest goes back. Durable.

    Return how many are now sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, {"workspace": workspace_id, "lease": lease, "now": now})
        return int(cursor.fetchone()[0])


def recover(workspace_id: int, now: datetime, lease_time: timedelta = LEASE_TIME) -> Recovered:
    """Settle the batches of senders that are gone. Safe to run again and side by side."""
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "now": now,
        "silent_since": now - lease_time,
    }
    with connection.cursor() as cursor:
        cursor.execute(RECOVER, values)
        return Recovered(*cursor.fetchone())
