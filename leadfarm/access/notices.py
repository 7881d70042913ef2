"""Telling colleagues: rooms write rows here, and say in words what a row of theirs stands for.

A row holds numbers only. Its words are made when it is read, from what stands there by then, so
that nobody's name outlives its erasure here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from leadfarm.access.models import Notification, Workspace
from leadfarm.rules.notifications import NotificationKind

# Whoever acts for an outside firm can tell its own people only: the wall is in the way. What the
# others must know is found by a tick.
WITHIN_REACH = (
    "(nullif(current_setting('leadfarm.firm', true), '') IS NULL"
    " OR member.firm_id = nullif(current_setting('leadfarm.firm', true), '')::bigint)"
)


def telling(told: str) -> str:
    """Return the INSERT that tells whoever stands in `told`, a CTE with the columns member_id,
    kind, subject_id, happened_at and many; it takes %(workspace)s and %(now)s.

    What somebody was told before is not told again; who has left is told nothing.
    """
    return f"""
    INSERT INTO access_notification (workspace_id, member_id, kind, subject_id, happened_at,
                                     told_at, many)
    SELECT %(workspace)s::integer, told.member_id, told.kind, told.subject_id, told.happened_at,
           %(now)s::timestamptz, told.many
      FROM {told} told
      JOIN access_member member ON member.workspace_id = %(workspace)s::integer
       AND member.id = told.member_id AND member.left_at IS NULL
     WHERE {WITHIN_REACH}
       AND NOT EXISTS (
           SELECT FROM access_notification before
            WHERE before.workspace_id = %(workspace)s::integer
              AND before.member_id = told.member_id AND before.kind = told.kind
              AND before.subject_id = told.subject_id AND before.happened_at = told.happened_at)
        ON CONFLICT DO NOTHING"""  # noqa: S608 (names of CTEs of ours)


TELL = f"""
WITH wanted AS (
    SELECT member_id, %(kind)s::smallint AS kind, %(subject)s::bigint AS subject_id,
           %(happened)s::timestamptz AS happened_at, many
      FROM unnest(%(members)s::bigint[], %(counts)s::integer[]) AS wanted (member_id, many))
{telling("wanted")}
"""  # noqa: S608 (a fragment of our own)
OF_ROLES = """
SELECT id FROM access_member
 WHERE workspace_id = %(workspace)s AND role = ANY(%(roles)s) AND firm_id IS NULL
   AND left_at IS NULL
"""


@dataclass(frozen=True)
class Told:
    """A notification in words; `href` is empty where what it stood for is gone.

    `detail` says more; `at` is a moment that belongs behind it, in the reader's own time.
    """

    title: str
    href: str = ""
    detail: str = ""
    at: datetime | None = None


# Handed the notifications of one kind, says by their ids what each stands for.
Describer = Callable[[Workspace, Sequence[Notification]], Mapping[int, Told]]
GONE = Told("What this was about is gone")
_describers: dict[NotificationKind, Describer] = {}


def describes(describer: Describer, *kinds: NotificationKind) -> None:
    """Let a room say what its notifications stand for; again replaces the earlier one."""
    _describers.update(dict.fromkeys(kinds, describer))


def in_words(workspace: Workspace, rows: Iterable[Notification]) -> dict[int, Told]:
    """Return by their ids what these stand for; as many queries as rooms have told something."""
    by_describer = sorted(rows, key=lambda row: id(_describer(row)))
    told: dict[int, Told] = {}
    for _, some in groupby(by_describer, key=lambda row: id(_describer(row))):
        group = list(some)
        told |= dict.fromkeys((row.id for row in group), GONE)
        told |= _describer(group[0])(workspace, group)
    return told


def tell(
    workspace_id: int,
    kind: NotificationKind,
    members: Mapping[int, int] | Iterable[int],
    *,
    subject_id: int,
    happened_at: datetime,
    now: datetime,
) -> None:
    """Tell these members of what happened, each with a number of how many it is about (else 1).

    Call it in the transaction of what happened; telling the same again changes nothing.
    """
    counts = members if isinstance(members, Mapping) else dict.fromkeys(members, 1)
    if not counts:
        return
    terms: dict[str, Any] = {
        "workspace": workspace_id,
        "kind": int(kind),
        "members": list(counts),
        "counts": list(counts.values()),
        "subject": subject_id,
        "happened": happened_at,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, terms)


def tell_roles(
    workspace_id: int,
    kind: NotificationKind,
    *,
    subject_id: int,
    happened_at: datetime,
    now: datetime,
) -> None:
    """Tell every colleague in the house whose role such things are for."""
    roles = [int(role) for role in kind.roles]
    with connection.cursor() as cursor:
        cursor.execute(OF_ROLES, {"workspace": workspace_id, "roles": roles})
        members = [row[0] for row in cursor.fetchall()]
    tell(
        *(workspace_id, kind, members),
        subject_id=subject_id,
        happened_at=happened_at,
        now=now,
    )


def _describer(row: Notification) -> Describer:
    return _describers.get(NotificationKind(row.kind), _nobody_knows)


def _nobody_knows(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    return {}
