"""The two shapes of query, and what each costs.

Beside: every neighbour row is a correlated subquery (EXISTS, or the newest row by index). The
condition is a plain expression that fits any WHERE, the planner may turn a top-level EXISTS into a
hash join by itself, and a page of 50 rows pays 50 index probes a criterion. For a million rows
that is a million probes a criterion.

Gathered: one aggregate a table for all criteria together: touches are scanned once, counted per
lead with count(*) FILTER for each event test, findings once, and joined by hash. The time does not
depend on how many criteria read the same table; that is the shape for segments, definitions and
back-tests. Uncorrelated IN (subquery) under OR was refused: beyond work_mem it turns into a nested
loop over the whole result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast

from leadfarm.rules.clauses.binds import Binds
from leadfarm.rules.clauses.catalogue import EventKind, Pattern
from leadfarm.rules.clauses.finding_plans import FindingsBeside, FindingsGathered
from leadfarm.rules.clauses.meaning import window_start
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.pages_read import PagesBeside, PagesGathered
from leadfarm.rules.clauses.reach import Neighbour
from leadfarm.rules.clauses.tree import EventTest


def event_condition(test: EventTest, kind: EventKind, moment: Moment, binds: Binds) -> str:
    """Which rows of leads_touch (alias touch) are such an event, whoever the lead is."""
    patterns = " OR ".join(_pattern(pattern, binds) for pattern in kind.patterns)
    parts = [f"({patterns})", f"touch.happened_at <= {binds.bind(moment.at)}"]
    if not test.machines:
        parts.append("NOT touch.by_machine")
    start = window_start(test.within_days, moment)
    if start is not None:
        parts.append(f"touch.happened_at >= {binds.bind(start)}")
    return " AND ".join(parts)


def _pattern(pattern: Pattern, binds: Binds) -> str:
    parts = [binds.equals_one_of("touch.kind", pattern.touches)]
    if pattern.dispositions:
        parts.append(binds.equals_one_of("touch.disposition", pattern.dispositions))
    return " AND ".join(parts)


@dataclass
class BesidePlan(FindingsBeside, PagesBeside):
    """Correlated subqueries beside `lead` and `standing`."""

    moment: Moment
    binds: Binds
    workspace_id: int

    def _rows(self, table: str, alias: str) -> str:
        own = f"{alias}.workspace_id = {self.binds.bind(self.workspace_id)}"
        return f"FROM leads_{table} {alias} WHERE {own} AND {alias}.lead_id = lead.id"

    def _known(self, alias: str) -> str:
        return f"{alias}.known_at <= {self.binds.bind(self.moment.at)}"

    def neighbour(self, table: Neighbour, column: str) -> str:
        """One row by its key."""
        own = f"beside.workspace_id = {self.binds.bind(self.workspace_id)}"
        return (
            f"(SELECT beside.{column} FROM leads_{table} beside"  # noqa: S608 - names are ours, values are bound
            f" WHERE {own} AND beside.id = lead.{table}_id)"
        )

    def stage(self, column: Literal["to_stage", "happened_at"]) -> str:
        """The newest change."""
        rows = f"{self._rows('stagechange', 'moved')} AND {self._known('moved')}"
        return f"(SELECT moved.{column} {rows} ORDER BY moved.known_at DESC, moved.id DESC LIMIT 1)"

    def heat(self) -> str:
        """Stored heat never falls, so the greatest is the newest."""
        rows = f"{self._rows('touch', 'touch')} AND {self._known('touch')}"
        return f"(SELECT max(touch.heat_after) {rows})"

    def roles(self) -> str:
        """An array, empty where nobody has a role."""
        return (
            f"ARRAY(SELECT member.role::bigint {self._rows('groupmember', 'member')}"
            " AND member.role IS NOT NULL)"
        )

    def did(self, test: EventTest, kind: EventKind) -> str:
        """Whether it happened at least so often; stops counting when that is reached."""
        such = event_condition(test, kind, self.moment, self.binds)
        rows = f"{self._rows('touch', 'touch')} AND {such} AND {self._known('touch')}"
        if test.at_least == 1:
            return f"EXISTS (SELECT 1 {rows})"
        times = self.binds.bind(test.at_least)
        few = f"SELECT 1 {rows} LIMIT {times}"
        return f"((SELECT count(*) FROM ({few}) counted) = {times})"  # noqa: S608 - as above


@dataclass
class GatheredPlan(FindingsGathered, PagesGathered):
    """One aggregate a table, joined to `lead` and `standing`; `source()` is the FROM and the
    WHERE.
    """

    moment: Moment
    binds: Binds
    workspace_id: int
    neighbours: set[Neighbour] = field(default_factory=set)
    gathered: dict[str, dict[str, str]] = field(default_factory=dict)
    sections: set[int] = field(default_factory=set)
    events: list[tuple[EventTest, EventKind]] = field(default_factory=list)
    spans: set[int] = field(default_factory=set)
    reads_heat: bool = False
    reads_words: bool = False

    def _column(self, table: str, expression: str) -> str:
        columns = self.gathered.setdefault(table, {})
        return f"{table}.{columns.setdefault(expression, f'g{len(columns) + 1}')}"

    def neighbour(self, table: Neighbour, column: str) -> str:
        """A join by key, once a table."""
        self.neighbours.add(table)
        return f"{table}.{column}"

    def stage(self, column: Literal["to_stage", "happened_at"]) -> str:
        """The newest change of each lead."""
        return self._column(
            "stagechange", f"(array_agg({column} ORDER BY known_at DESC, id DESC))[1]"
        )

    def heat(self) -> str:
        """Stored heat never falls, so the greatest is the newest."""
        self.reads_heat = True
        return self._column("touch", "max(heat_after)")

    def roles(self) -> str:
        """An array, empty where nobody has a role."""
        codes = self._column(
            "groupmember", "array_agg(role::bigint) FILTER (WHERE role IS NOT NULL)"
        )
        return f"coalesce({codes}, ARRAY[]::bigint[])"

    def did(self, test: EventTest, kind: EventKind) -> str:
        """Whether the count of the lead's events reaches the number."""
        self.events.append((test, kind))
        only = event_condition(test, kind, self.moment, self.binds)
        count = self._column("touch", f"count(*) FILTER (WHERE {only})")
        return f"(coalesce({count}, 0) >= {self.binds.bind(test.at_least)})"

    def source(self) -> str:
        """FROM and WHERE over the leads known by then, with all that was asked for joined."""
        workspace, at = self.binds.bind(self.workspace_id), self.binds.bind(self.moment.at)
        joins = [
            f"JOIN leads_standing standing ON standing.workspace_id = {workspace}"
            " AND standing.lead_id = lead.id"
        ]
        joins += [
            f"LEFT JOIN leads_{table} {table} ON {table}.workspace_id = {workspace}"
            f" AND {table}.id = lead.{table}_id"
            for table in sorted(self.neighbours)
        ]
        joins += self.pages_joined()
        joins += [self._aggregate(table) for table in sorted(self.gathered)]
        where = f"WHERE lead.workspace_id = {workspace} AND lead.known_at <= {at}"
        return f"FROM leads_lead lead {' '.join(joins)} {where}"

    def _aggregate(self, table: str) -> str:
        columns = ", ".join(f"{text} AS {name}" for text, name in self.gathered[table].items())
        conditions = [f"workspace_id = {self.binds.bind(self.workspace_id)}"]
        if table != "groupmember":
            conditions.append(f"known_at <= {self.binds.bind(self.moment.at)}")
        if table == "finding":
            conditions.append(self.binds.equals_one_of("section", sorted(self.sections)))
        if table == "touch":
            conditions += self._touches_that_matter()
        rows = f"leads_{table} {table} WHERE {' AND '.join(conditions)}"
        if table == "finding":
            rows = self._standing(rows)
        return (
            f"LEFT JOIN (SELECT {table}.lead_id, {columns} FROM {rows} GROUP BY {table}.lead_id)"  # noqa: S608 - as above
            f" {table} ON {table}.lead_id = lead.id"
        )

    def _touches_that_matter(self) -> list[str]:
        """What all events have in common, so that most touches never reach the aggregate."""
        if self.reads_heat:
            return ["NOT by_machine"] if self._only_humans() else []
        patterns = [pattern for _, kind in self.events for pattern in kind.patterns]
        kinds = sorted({int(code) for pattern in patterns for code in pattern.touches})
        conditions = [
            f"happened_at <= {self.binds.bind(self.moment.at)}",
            self.binds.equals_one_of("kind", kinds),
        ]
        starts = [window_start(test.within_days, self.moment) for test, _ in self.events]
        if None not in starts:
            conditions.append(
                f"happened_at >= {self.binds.bind(min(cast(list[datetime], starts)))}"
            )
        return [*conditions, "NOT by_machine"] if self._only_humans() else conditions

    def _only_humans(self) -> bool:
        return not any(test.machines for test, _ in self.events)
