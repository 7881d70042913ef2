"""The ways of a branch as people fill them in: a name and conditions each, in the order tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from leadfarm.leads.clause_builder import Builder, read, show
from leadfarm.nurture.actions import BranchWay
from leadfarm.rules.clauses import Catalogue, Clause, FaultyClause, parse, serialise
from leadfarm.rules.programs import EXHAUSTED, NEXT, OTHERWISE, TIMED_OUT, Node, NodeKind
from leadfarm.rules.programs.flat import ways_of

MOST_WAYS = 20
# The kinds of step whose ways have conditions.
ASKING = (NodeKind.BRANCH, NodeKind.STREAM)
TAKEN = (OTHERWISE, TIMED_OUT, NEXT, EXHAUSTED)
NAMED = re.compile(r"way-(\d{1,3})-name")


@dataclass(frozen=True)
class WayRow:
    """One way: its name, what it was called before, its conditions, and what is wrong with it."""

    number: int
    name: str
    was: str
    builder: Builder
    fault: str = ""


@dataclass(frozen=True)
class Ways:
    """All ways of a branch; `pressed`: a button was used, so draw again and keep nothing."""

    rows: tuple[WayRow, ...]
    pressed: bool = False
    fault: str = ""

    @property
    def whole(self) -> bool:
        """Say whether every way can be kept."""
        fine = all(row.builder.clause is not None and not row.fault for row in self.rows)
        return fine and not self.fault

    def kept(self) -> list[BranchWay]:
        """Return the ways as the draft keeps them; ask `whole` first."""
        return [BranchWay(row.name, row.was, conditions(row.builder)) for row in self.rows]


def conditions(builder: Builder) -> object:
    """Return the clause of a builder as JSON; None where it asks nothing."""
    clause = builder.clause
    return serialise(clause) if clause is not None and clause.members else None


def show_conditions(kept: object, catalogue: Catalogue, prefix: str) -> Builder:
    """Return the builder of a kept clause; one that cannot be read any more is begun afresh."""
    return show(readable(kept, catalogue), catalogue, prefix=prefix)


def readable(kept: object, catalogue: Catalogue) -> Clause | None:
    """Return the clause that was kept; None where there is none or it cannot be read."""
    try:
        return parse(kept, catalogue) if kept else None
    except FaultyClause:
        return None


def show_ways(step: Node, catalogue: Catalogue) -> Ways:
    """Return the ways of a branch as they are."""
    when = step.settings.get("when") or {}
    names = [way for way in ways_of(step) if way in when]
    return Ways(
        tuple(
            WayRow(place, name, name, show_conditions(when.get(name), catalogue, _prefix(place)))
            for place, name in enumerate(names)
        )
    )


def read_ways(data: QueryDict, catalogue: Catalogue, *, must: bool = True) -> Ways:
    """Return the ways as they were filled in, the pressed button obeyed; `must`: one at least."""
    numbers = sorted(int(match[1]) for key in data if (match := NAMED.fullmatch(key)))[:MOST_WAYS]
    rows = [
        WayRow(
            number,
            data.get(f"way-{number}-name", "").replace("\x00", "").strip()[:60],
            data.get(f"way-{number}-was", ""),
            read(data, catalogue, prefix=_prefix(number)),
        )
        for number in numbers
    ]
    press = data.get("ways-press", "")
    if press or any(row.builder.pressed for row in rows):
        return Ways(_renumbered(_obey(rows, press, catalogue)), pressed=True)
    fault = "" if rows or not must else "A branch needs at least one way with conditions."
    return Ways(tuple(_judged(row, rows) for row in rows), fault=fault)


def _prefix(number: int) -> str:
    return f"way-{number}."


def _obey(rows: list[WayRow], press: str, catalogue: Catalogue) -> list[WayRow]:
    """Do what the button says: "add", "drop-2", "up-2"."""
    verb, _, number = press.partition("-")
    if verb == "add" and len(rows) < MOST_WAYS:
        return [*rows, WayRow(len(rows), "", "", show(None, catalogue))]
    place = next((n for n, row in enumerate(rows) if str(row.number) == number), None)
    if place is not None and verb == "drop":
        return rows[:place] + rows[place + 1 :]
    if place and verb == "up":
        return [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]
    return rows


def _renumbered(rows: Sequence[WayRow]) -> tuple[WayRow, ...]:
    return tuple(
        replace(row, number=n, builder=replace(row.builder, prefix=_prefix(n)))
        for n, row in enumerate(rows)
    )


def _judged(row: WayRow, rows: list[WayRow]) -> WayRow:
    """Return the row with what is wrong with its name, or with having no conditions."""
    if not row.name:
        return replace(row, fault="Give the way a name.")
    if row.name in TAKEN:
        return replace(row, fault=f"“{row.name}” is taken: choose another name.")
    if sum(each.name == row.name for each in rows) > 1:
        return replace(row, fault="Two ways have this name: give each its own.")
    if row.builder.clause is not None and not row.builder.clause.members:
        return replace(row, fault="Nobody would take this way: add a condition, or remove it.")
    return row
