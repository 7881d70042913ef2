"""Coverage: who looks after which open leads on each side, and whether anything is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.routing import people_of
from leadfarm.rules.codes import NextKind, Side
from leadfarm.rules.stages import OPEN

LAST_OPEN = int(max(OPEN))
OLD = timedelta(days=90)
SIDES = (Side.MARKETING, Side.PD, Side.SALES)
# One pass over the open leads, folded to a few rows before anything is named; each lead stands once
# on each side, and its next step with the side whose move it is.
COUNTED = f"""
SELECT owner.side, owner.id,
       sum(folded.many), sum(folded.many) FILTER (WHERE folded.next_side = owner.side),
       sum(folded.late) FILTER (WHERE folded.next_side = owner.side),
       sum(folded.today) FILTER (WHERE folded.next_side = owner.side),
       sum(folded.later) FILTER (WHERE folded.next_side = owner.side),
       sum(folded.enrolled) FILTER (WHERE folded.next_side = owner.side),
       sum(folded.without), sum(folded.old),
       floor(extract(epoch FROM %(now)s - min(folded.first)) / 86400)
  FROM (SELECT lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id, standing.next_side,
               count(*) AS many,
               count(*) FILTER (WHERE standing.next_at < %(today)s) AS late,
               count(*) FILTER (WHERE standing.next_at >= %(today)s
                                  AND standing.next_at < %(tomorrow)s) AS today,
               count(*) FILTER (WHERE standing.next_at >= %(tomorrow)s) AS later,
               count(*) FILTER (WHERE standing.next_kind = {int(NextKind.ENROLMENT)}) AS enrolled,
               count(*) FILTER (WHERE standing.next_kind IS NULL) AS without,
               count(*) FILTER (WHERE standing.stage_since < %(old)s) AS old,
               min(lead.entered_at) AS first
          FROM leads_standing standing
          JOIN leads_lead lead ON lead.workspace_id = standing.workspace_id
                              AND lead.id = standing.lead_id
         WHERE standing.workspace_id = %(workspace)s AND lead.workspace_id = %(workspace)s
           AND standing.stage <= {LAST_OPEN}
         GROUP BY 1, 2, 3, 4) folded
 CROSS JOIN LATERAL (VALUES (1, folded.marketing_owner_id), (2, folded.pd_owner_id),
                            (3, folded.sales_owner_id)) AS owner (side, id)
 GROUP BY owner.side, owner.id
"""  # noqa: S608 (codes of our own)


@dataclass(frozen=True)
class Line:
    """One person on one side: open leads, whose next step is theirs, and when it is due."""

    name: str
    member_id: int | None
    note: str
    leads: int
    moves: int
    late: int
    today: int
    later: int
    enrolled: int
    old: int  # in their stage for OLD or longer
    oldest: int  # days since the first of them entered


@dataclass(frozen=True)
class Cover:
    """One side with its people, who is missing first."""

    side: Side
    lines: list[Line] = field(default_factory=list)

    @property
    def leads(self) -> int:
        """Return how many open leads there are."""
        return sum(line.leads for line in self.lines)

    @property
    def late(self) -> int:
        """Return how many next steps of this side are overdue."""
        return sum(line.late for line in self.lines)

    @property
    def unowned(self) -> int:
        """Return how many open leads nobody of this side looks after, or only who has left."""
        return sum(line.leads for line in self.lines if line.note in (NOBODY, GONE))


NOBODY, GONE = "nobody", "has left"


@dataclass(frozen=True)
class Coverage:
    """All sides, and what must be nought."""

    covers: list[Cover]
    without: int

    @property
    def leads(self) -> int:
        """Return how many open leads there are."""
        return max((cover.leads for cover in self.covers), default=0)

    @property
    def late(self) -> int:
        """Return how many next steps are overdue, of any side."""
        return sum(cover.late for cover in self.covers)


def coverage_of(workspace: Workspace, now: datetime) -> Coverage:
    """Return who looks after what, by the workspace's clock; three queries."""
    zone = ZoneInfo(workspace.time_zone)
    today = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    terms: dict[str, Any] = {
        "workspace": workspace.id,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "old": now - OLD,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, terms)
        rows = [tuple(int(each or 0) for each in row) for row in cursor.fetchall()]
    names = dict(Member.objects.of(workspace).values_list("id", "name"))
    people = people_of(workspace, now)
    away = {key: people.back_on(key) for key in people.rows}
    covers = [
        Cover(side, _lines((row for row in rows if row[0] == side), names, away)) for side in SIDES
    ]
    without = sum(row[8] for row in rows if row[0] == Side.PD)
    return Coverage(covers, without)


def _lines(
    rows: Iterable[tuple[int, ...]], names: dict[int, str], away: dict[int, date | None]
) -> list[Line]:
    lines = [_line(row, names, away) for row in rows]
    return sorted(lines, key=lambda line: (line.note not in (NOBODY, GONE), -line.late, line.name))


def _line(row: tuple[int, ...], names: dict[int, str], away: dict[int, date | None]) -> Line:
    _side, member, leads, moves, late, today, later, enrolled, _without, old, oldest = row
    numbers: dict[str, Any] = {"leads": leads, "moves": moves, "late": late, "today": today}
    numbers |= {"later": later, "enrolled": enrolled, "old": old, "oldest": oldest}
    if not member:
        return Line("Nobody", None, NOBODY, **numbers)
    back = away.get(member)
    note = GONE if member not in away else f"back {back:%-d %b}" if back else ""
    return Line(names.get(member, "A colleague"), member, note, **numbers)
