"""What is on record, fed back in at the instant it was recorded.

Each kind has a statement that takes the ids of what happened at one instant. `{real}` is where the
real tables are; a name without it is a shadow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.consent.fragments import take_window, terms
from leadfarm.nurture.replay.asking import Cast, Question
from leadfarm.nurture.replay.shadows import Shadows
from leadfarm.nurture.statements import run, text
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.consent import Purpose
from leadfarm.rules.programs import NodeKind

# Before, at, and after the program's own turn at an instant.
BEFORE, TURN, AFTER = 0, 1, 2
# Windows taken longer ago than this are free by any rule.
WINDOWS_MATTER = timedelta(days=120)
# How a lead goes on at a stream by the stream itself; every other way is one out of it.
OWN_WAYS = ["piece", "skipped", "next", "exhausted", "taken-over", "newer version", "goal"]
TAKING = ("mail-took", "call-took", "renewed")
THESE = "workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[])"
_AS_MADE = """INSERT INTO leads_task SELECT real.*, real.id FROM {real}.leads_task real
 WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])"""
_UNDONE = """done_at = NULL, done_by_id = NULL, disposition = NULL, cancelled_at = NULL,
 touch_id = NULL"""


def _whole(table: str) -> tuple[str, ...]:
    return (f"INSERT INTO {table} SELECT * FROM {{real}}.{table} WHERE {THESE} ORDER BY id",)  # noqa: S608


def _but(table: str, column: str) -> tuple[str, ...]:
    """Take rows in as they were before something was written into this column."""
    return (*_whole(table), f"UPDATE {table} SET {column} WHERE {THESE}")  # noqa: S608


def _later(table: str, *columns: str) -> tuple[str, ...]:
    """Write into these columns what stands in them today."""
    names = ", ".join(f"{name} = real.{name}" for name in columns)
    return (
        f"UPDATE {table} shadow SET {names} FROM {{real}}.{table} real"  # noqa: S608
        " WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])"
        " AND shadow.workspace_id = real.workspace_id AND shadow.id = real.id",
    )


# In the order in which what happened at one instant is taken in.
STATEMENTS: dict[str, tuple[str, ...]] = {
    "stage": (
        *_whole("leads_stagechange"),
        """UPDATE leads_standing standing
              SET stage = moved.to_stage, stage_since = moved.happened_at
             FROM (SELECT DISTINCT ON (lead_id) lead_id, to_stage, happened_at
                     FROM leads_stagechange
                    WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[])
                    ORDER BY lead_id, recorded_at DESC, id DESC) moved
            WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = moved.lead_id""",
    ),
    "finding": _whole("leads_finding"),
    "verdict": _whole("qualification_verdict"),
    "barred": _but("consent_suppression", "lifted_at = NULL"),
    "lifted": _later("consent_suppression", "lifted_at"),
    "agreed": _but("consent_consent", "withdrawn_at = NULL"),
    "withdrawn": _later("consent_consent", "withdrawn_at"),
    "signed": _but("consent_signup", "confirmed_at = NULL"),
    "confirmed": _later("consent_signup", "confirmed_at"),
    "piece": _but("nurture_piece", "retired_at = NULL"),
    "retired": _later("nurture_piece", "retired_at"),
    "message": _whole("outreach_message"),
    # A task of another program was handed on there.
    "task": (_AS_MADE, f"UPDATE leads_task SET {_UNDONE}, handed_on_at = made_at WHERE {THESE}"),  # noqa: S608
    "attempt": (_AS_MADE, f"UPDATE leads_task SET {_UNDONE}, handed_on_at = NULL WHERE {THESE}"),  # noqa: S608
    "elsewhere": (
        """INSERT INTO nurture_enrolment
           SELECT * FROM {real}.nurture_enrolment
            WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[]) ORDER BY id""",
        """UPDATE nurture_enrolment
              SET state = 2, waiting = true, wake_at = 'infinity', ended_at = NULL
            WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[])""",
    ),
    "gone": (
        *_later("nurture_enrolment", "state", "ended_at"),
        "UPDATE nurture_enrolment SET wake_at = NULL, waiting = false WHERE " + THESE,  # noqa: S608
    ),
    "entered": (text("replay_entered"),),
    "touch": (
        *_whole("leads_touch"),
        """UPDATE leads_standing standing SET heat = hot.heat
             FROM (SELECT lead_id, max(heat_after) AS heat FROM leads_touch
                    WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[])
                    GROUP BY lead_id) hot
            WHERE hot.heat IS NOT NULL AND NOT standing.unscored
              AND standing.workspace_id = %(workspace)s AND standing.lead_id = hot.lead_id""",
    ),
    "closed": (
        """UPDATE leads_task task
              SET done_at = real.done_at, done_by_id = real.done_by_id,
                  disposition = real.disposition, agreed_on = real.agreed_on,
                  cancelled_at = real.cancelled_at, handed_on_at = CASE WHEN EXISTS (
                    SELECT FROM {real}.leads_task again
                     WHERE again.workspace_id = real.workspace_id
                       AND again.lead_id = real.lead_id
                       AND again.enrolment_id = real.enrolment_id
                       AND again.step_key = real.step_key AND again.made_at = real.done_at
                       AND again.attempt = real.attempt + 1)
                    THEN real.done_at ELSE task.handed_on_at END
             FROM {real}.leads_task real
            WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])
              AND task.real_id = real.id AND task.done_at IS NULL
              AND task.cancelled_at IS NULL""",
    ),
    "cancelled": (
        """UPDATE outreach_message shadow SET state = 7 FROM {real}.outreach_message real
            WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])
              AND shadow.enrolment_id = real.enrolment_id AND shadow.step_key = real.step_key""",
    ),
    "taken-over": (
        """UPDATE nurture_enrolment shadow SET state = real.state, ended_at = %(now)s,
                  wake_at = NULL, waiting = false
             FROM {real}.nurture_enrolment real
            WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])
              AND shadow.id = real.id AND shadow.state IN (1, 2, 3)""",
        """UPDATE leads_task SET enrolment_id = NULL
            WHERE workspace_id = %(workspace)s AND enrolment_id = ANY(%(ids)s::bigint[])
              AND done_at IS NULL AND cancelled_at IS NULL""",
    ),
    # Those with acts of their own.
    "newer": (),
    **dict.fromkeys(TAKING, ()),
}
ORDER = {kind: place for place, kind in enumerate(STATEMENTS)}
TAKEN_BY = {
    "mail-took": "SELECT id, contact_id FROM {real}.outreach_message WHERE " + THESE,  # noqa: S608
    "call-took": "SELECT id, contact_id FROM {real}.leads_touch WHERE " + THESE,  # noqa: S608
}
# The sender of a message that waited moved the window it held to the instant of sending.
RENEWED = """
UPDATE consent_pace pace
   SET recent_at[cardinality(pace.recent_at)] = %(now)s,
       next_free_at = greatest(pace.next_free_at, %(now)s + %(window)s,
                               CASE WHEN %(cap)s <= 1 THEN %(now)s + %(cap_span)s END)
  FROM {real}.outreach_message real
 WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])
   AND pace.workspace_id = %(workspace)s AND pace.contact_id = real.contact_id
   AND pace.recent_at[cardinality(pace.recent_at)] = real.planned_at
"""


@dataclass(frozen=True)
class Happened:
    """What was recorded at one instant, of one kind, before, at or after the program's turn."""

    at: datetime
    turn: int
    kind: str
    ids: tuple[int, ...]


def recorded(question: Question, cast: Cast) -> Iterator[Happened]:
    """Yield everything on record in the order it was recorded; what is older comes at the begin.

    To be asked before the tables are hidden.
    """
    values = cast.values(question) | {
        "held_back": int(TouchKind.HELD_BACK),
        "call": int(TouchKind.CALL),
        "connected": [int(each) for each in Disposition if each.connected],
        "stream": int(NodeKind.STREAM),
        "own_ways": OWN_WAYS,
    }
    rows = run(question.workspace.id, text("replay_events"), values)
    begin = cast.begin
    placed = sorted(
        (at if at >= begin or kind in TAKING else begin, turn if at >= begin else BEFORE,
         ORDER.get(kind, 0), kind, id_)
        for at, turn, kind, id_ in rows
        if at >= begin or kind not in TAKING or at >= begin - WINDOWS_MATTER
    )  # fmt: skip
    for (at, turn, _place, kind), group in groupby(placed, key=lambda row: row[:4]):
        yield Happened(at, turn, kind, tuple(row[4] for row in group))


class Feed:
    """Takes what happened into the shadows; remembers who took whose quiet window, and when."""

    def __init__(self, question: Question, cast: Cast, shadows: Shadows, starts: Any) -> None:
        """`starts` says where a lead begins in the tree that is replayed."""
        self.workspace: Workspace = question.workspace
        self.program, self.shadows = question.program, shadows
        self.values = {"workspace": self.workspace.id, "replayed": list(cast.enrolments), **starts}

    def take_in(self, what: Happened) -> None:
        """Let it have happened."""
        values = {**self.values, "ids": list(what.ids), "now": what.at}
        if what.kind == "newer":
            self._newer(what)
        elif what.kind == "renewed":
            self._run(RENEWED, values | terms(self.workspace, what.at, Purpose.INFORMATION))
        elif what.kind in TAKING:
            self._taken(what, values)
        for statement in STATEMENTS[what.kind]:
            self._run(statement, values)

    def _taken(self, what: Happened, values: dict[str, Any]) -> None:
        asking = f"WITH asking AS (SELECT DISTINCT contact_id FROM ({TAKEN_BY[what.kind]}) took)"  # noqa: S608
        told = values | terms(self.workspace, what.at, Purpose.INFORMATION)
        self._run(asking + take_window("asking", even_if_taken=True), told)

    def _newer(self, what: Happened) -> None:
        """Take whoever went on in a newer version there, by the statement that did it then."""
        found = run(self.workspace.id, self.named(text("replay_newer")),
                    {**self.values, "now": what.at})  # fmt: skip
        if not found:
            return
        run(self.workspace.id, text("move_on"), {
            "now": what.at, "program": self.program.id, "name": self.program.name,
            "version": found[0][2], "from_nodes": [row[0] for row in found],
            "to_nodes": [row[1] for row in found], "stays": [row[3] for row in found],
        })  # fmt: skip

    def named(self, statement: str) -> str:
        """Return a statement with the place of the real tables in it."""
        return statement.replace("{real}", self.shadows.schema)

    def _run(self, statement: str, values: dict[str, Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.named(statement), values)
