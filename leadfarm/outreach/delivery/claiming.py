"""Claiming: which messages may go out now, taken by a lease, their quiet windows won first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from leadfarm.access.models import Workspace
from leadfarm.consent.fragments import (
    held_back,
    may_get_mail,
    take_window,
    terms,
    why_no_mail,
)
from leadfarm.consent.rule_of import demands
from leadfarm.outreach.codes import INSIDE, WAITING, MessageState
from leadfarm.outreach.delivery.throttling import Bound, Throttle
from leadfarm.outreach.models import SendingRule
from leadfarm.rules.consent import HeldBecause, Purpose
from leadfarm.rules.quiet_window import Nature

BATCH = 100
# In this order; each has an index of its own.
WHOSE = ("message.mailing_id IS NULL", "message.mailing_id IS NOT NULL")
# A window taken longer ago than this is taken anew before sending: mail that waited for a server
# must not arrive on the heels of another.
WINDOW_KEEPS = timedelta(hours=1)
NEVER_HELD = tuple(int(nature) for nature in Nature if nature.is_never_held)
PURPOSE = f"""CASE WHEN message.nature = ANY(%(never_held)s) THEN {int(Purpose.SERVICE)}
                   ELSE coalesce(template.purpose, {int(Purpose.SALES)}) END"""
TO_MEMBERS = ", ".join(str(int(kind)) for kind in INSIDE)
NEEDS = "(due.purpose = ANY(%(needing)s))"
IMPLIED = "(due.purpose = ANY(%(implying)s))"
DUE = f"""
WITH due AS (
    SELECT message.id, message.contact_id, message.lead_id, message.nature, message.window_at,
           message.kind, message.state, {PURPOSE} AS purpose
      FROM outreach_message message
      LEFT JOIN outreach_templateversion version
        ON version.workspace_id = message.workspace_id AND version.id = message.template_version_id
      LEFT JOIN outreach_template template
        ON template.workspace_id = version.workspace_id AND template.id = version.template_id
     WHERE message.workspace_id = %(workspace)s AND message.state = ANY(%(waiting)s)
       AND message.not_before <= %(now)s AND {{whose}}
     ORDER BY message.not_before
     LIMIT %(batch)s FOR UPDATE OF message SKIP LOCKED)
SELECT due.id, due.contact_id, due.lead_id, due.nature, due.window_at,
       CASE WHEN due.kind IN ({TO_MEMBERS}) THEN ''
            ELSE coalesce(split_part(contact.email_key, '@', 2), '') END,
       due.kind IN ({TO_MEMBERS}) OR coalesce({
    may_get_mail(purpose="due.purpose", needs=NEEDS, implied=IMPLIED)
}, false),
       {why_no_mail(purpose="due.purpose")}
  FROM due LEFT JOIN leads_contact contact
    ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id
 ORDER BY due.id
"""  # noqa: S608 (fragments of our own, no value of a user)
LEASE = f"""
UPDATE outreach_message
   SET state = {int(MessageState.LEASED)}, lease = %(lease)s, leased_at = %(now)s,
       sending_at = NULL, held_because = NULL, attempts = attempts + 1,
       window_at = CASE WHEN id = ANY(%(won)s) THEN %(now)s ELSE window_at END
 WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s)
"""  # noqa: S608
CANCEL = f"""
WITH barred AS (
    UPDATE outreach_message message
       SET state = {int(MessageState.CANCELLED)}, held_because = asked.because
      FROM unnest(%(ids)s::bigint[], %(reasons)s::integer[]) AS asked (id, because)
     WHERE message.workspace_id = %(workspace)s AND message.id = asked.id
    RETURNING message.lead_id, message.contact_id, asked.because)
{held_back("barred")}
"""  # noqa: S608
RENEW = """
UPDATE consent_pace pace
   SET recent_at[cardinality(recent_at)] = %(now)s,
       next_free_at = greatest(next_free_at, %(now)s + %(window)s,
                               CASE WHEN %(cap)s <= 1 THEN %(now)s + %(cap_span)s END)
  FROM unnest(%(ids)s::bigint[], %(contacts)s::bigint[], %(taken)s::timestamptz[])
       AS asked (id, contact_id, taken_at)
 WHERE pace.workspace_id = %(workspace)s AND pace.contact_id = asked.contact_id
   AND pace.recent_at[cardinality(recent_at)] = asked.taken_at
RETURNING asked.id
"""
TAKE = f"""
WITH asking AS (SELECT unnest(%(contacts)s::bigint[]) AS contact_id)
{take_window("asking")}
"""
HOLD = f"""
WITH held AS (
    UPDATE outreach_message message
       SET state = {int(MessageState.HELD)}, held_because = CASE
               WHEN pace.recent_at[cardinality(pace.recent_at)] + %(window)s <= %(now)s
               THEN {int(HeldBecause.WEEKLY_CAP)} ELSE {int(HeldBecause.QUIET_WINDOW)} END,
           window_at = NULL, not_before = greatest(pace.next_free_at, %(now)s + %(a_while)s)
      FROM consent_pace pace
     WHERE message.workspace_id = %(workspace)s AND message.id = ANY(%(ids)s)
       AND pace.workspace_id = %(workspace)s AND pace.contact_id = message.contact_id
    RETURNING message.lead_id, message.contact_id, message.held_because AS because)
{held_back("held")}
"""  # noqa: S608


class Due(NamedTuple):
    """One waiting message, locked by us; `because` says why it may not go, where it may not."""

    id: int
    contact_id: int | None
    lead_id: int | None
    nature: int
    window_at: datetime | None
    domain: str
    may: bool
    because: int

    @property
    def bound(self) -> Bound:
        """Return it as the limits of sending see it."""
        return Bound(self.id, self.domain, self.nature)

    def asks_for_window(self) -> bool:
        """Say whether the quiet window holds for it."""
        return self.nature == Nature.UNSOLICITED and self.contact_id is not None


@dataclass(frozen=True)
class Claim:
    """A lease and what was done on the way to it. `looked_at` 0: nothing is waiting."""

    lease: int
    ids: Sequence[int]
    looked_at: int = 0
    cancelled: int = 0
    held: int = 0
    put_off: int = 0
    is_paused: bool = False


def claim(workspace: Workspace, now: datetime, batch: int = BATCH) -> Claim:
    """Lease the next due messages, durably; cancel what is barred, hold what must stay quiet.

    What exceeds a limit of sending is put off. Nothing is claimed while sending is paused.
    """
    rule = SendingRule.objects.of(workspace).first()
    if rule is not None and rule.paused_at is not None:
        return Claim(0, (), is_paused=True)
    asked = _asked(workspace, now, batch)
    with transaction.atomic(), connection.cursor() as cursor:
        limited = rule is not None and rule.limits_something
        throttle = Throttle(cursor, workspace, rule, now) if rule and limited else None
        due = _due(cursor, asked)
        return _sorted_out(cursor, due, asked, throttle) if due else Claim(0, ())


def _due(cursor: Any, asked: dict[str, Any]) -> list[Due]:
    """Return what is due, locked: a large mailing goes when nothing else waits."""
    due: list[Due] = []
    for whose in WHOSE:
        room = asked["batch"] - len(due)
        if room > 0:
            cursor.execute(DUE.replace("{whose}", whose), asked | {"batch": room})
            due += [Due(*row) for row in cursor.fetchall()]
    return due


def _sorted_out(
    cursor: Any, due: list[Due], asked: dict[str, Any], throttle: Throttle | None
) -> Claim:
    """Lease what is neither barred, nor over a limit, nor too soon after another."""
    barred = [message for message in due if not message.may]
    if barred:
        reasons = [message.because for message in barred]
        cursor.execute(CANCEL, asked | {"ids": _ids(barred), "reasons": reasons})
    free = [message for message in due if message.may]
    fit = _fitting(throttle, free)
    won, lost = _win_windows(cursor, fit, asked)
    if lost:
        cursor.execute(HOLD, asked | {"ids": lost, "a_while": timedelta(minutes=1)})
    going = [message for message in fit if message.id not in set(lost)]
    if throttle is not None:
        throttle.count([message.bound for message in going])
    lease = _lease(cursor, asked, _ids(going), won) if going else 0
    put_off = len(free) - len(fit)
    return Claim(lease, _ids(going), len(due), len(barred), len(lost), put_off)


def _fitting(throttle: Throttle | None, messages: list[Due]) -> list[Due]:
    """Return those for which the limits of sending have room."""
    if throttle is None:
        return messages
    fit = throttle.fitting([message.bound for message in messages])
    return [message for message in messages if message.id in fit]


def _asked(workspace: Workspace, now: datetime, batch: int) -> dict[str, Any]:
    demand = demands(workspace)
    return terms(workspace, now, Purpose.INFORMATION) | {
        "never_held": list(NEVER_HELD),
        "waiting": [int(state) for state in WAITING],
        "needing": [int(p) for p, asked_for in demand.items() if asked_for.needs_consent],
        "implying": [int(p) for p, asked_for in demand.items() if asked_for.implied_counts],
        "batch": batch,
    }


def _lease(cursor: Any, asked: dict[str, Any], ids: list[int], won: list[int]) -> int:
    cursor.execute("SELECT nextval('outreach_lease_number')")
    lease = int(cursor.fetchone()[0])
    cursor.execute(LEASE, asked | {"lease": lease, "ids": ids, "won": won})
    return lease


def _win_windows(
    cursor: Any, free: list[Due], asked: dict[str, Any]
) -> tuple[list[int], list[int]]:
    """Take or renew the windows that messages need; return ids of winners and of losers."""
    now: datetime = asked["now"]
    asking = [m for m in free if m.asks_for_window()]
    stale = [m for m in asking if m.window_at is not None and m.window_at < now - WINDOW_KEEPS]
    wanting = [m for m in asking if m.window_at is None]
    won = _renew(cursor, asked, stale)
    done = {m.contact_id for m in stale if m.id in won}
    # Whoever holds the window from before goes first; the others of that contact wait.
    chosen = [m for m in _first(stale + wanting) if m.contact_id not in done]
    won |= _take(cursor, asked, chosen)
    lost = [m.id for m in stale + wanting if m.id not in won]
    return sorted(won), lost


def _renew(cursor: Any, asked: dict[str, Any], stale: list[Due]) -> set[int]:
    """Move the windows that these messages still hold to now; return the ids of these messages."""
    if not stale:
        return set()
    contacts, taken = [m.contact_id for m in stale], [m.window_at for m in stale]
    values = {"ids": _ids(stale), "contacts": contacts, "taken": taken}
    cursor.execute(RENEW, asked | values)
    return {row[0] for row in cursor.fetchall()}


def _take(cursor: Any, asked: dict[str, Any], messages: list[Due]) -> set[int]:
    """Take the free windows; return the ids of the messages that won."""
    if not messages:
        return set()
    cursor.execute(TAKE, asked | {"contacts": [m.contact_id for m in messages]})
    winners = {row[0] for row in cursor.fetchall()}
    return {m.id for m in messages if m.contact_id in winners}


def _first(messages: list[Due]) -> list[Due]:
    """Return one message a contact, in the order of contacts (see take_window)."""
    by_contact: dict[int, Due] = {}
    for message in messages:
        by_contact.setdefault(message.contact_id or 0, message)
    return [by_contact[key] for key in sorted(by_contact)]


def _ids(messages: list[Due]) -> list[int]:
    return [message.id for message in messages]
