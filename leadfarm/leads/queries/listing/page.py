"""One page of the list: at most two statements, whatever is asked and however many leads there are.

The planner's trap: a filter with an unrelated sort makes it walk the sort's index and throw tens of
thousands of rows away. So the filtered leads are collected first, up to ENOUGH, and those sorted.
Only where there are more does it walk the index: then matches are dense and the walk is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from leadfarm.engine.statements import prepared
from leadfarm.leads.queries.listing import sorts, words
from leadfarm.leads.queries.listing.sorts import KeyOf, Order
from leadfarm.leads.queries.listing.words import Words
from leadfarm.rules.clauses import Catalogue, Clause, Moment, sql

PAGE = 50
ENOUGH = 5_000
COUNTED = 1_000
BASE = (
    "leads_lead lead JOIN leads_standing standing ON standing.workspace_id = lead.workspace_id"
    " AND standing.lead_id = lead.id"
)
ACCOUNT = (
    " LEFT JOIN leads_account account ON account.workspace_id = lead.workspace_id"
    " AND account.id = lead.account_id"
)
HERE = "lead.workspace_id = %(workspace)s AND standing.workspace_id = %(workspace)s"


@dataclass(frozen=True)
class Which:
    """Which leads: of one workspace, under a clause, found by words."""

    workspace_id: int
    clause: Clause
    catalogue: Catalogue
    moment: Moment
    words: Words

    @property
    def is_everything(self) -> bool:
        """Say whether neither clause nor words leave anything out."""
        return not self.clause.members and not self.words

    def condition(self) -> tuple[str, dict[str, object]]:
        """Return the condition over lead and standing, with its parameters."""
        text, params = sql(self.clause, self.catalogue, self.moment, self.workspace_id)
        return text, {**params, **self.words.params, "workspace": self.workspace_id}


@dataclass(frozen=True)
class Page:
    """The leads of one page by number, and what is known about the rest."""

    ids: list[int]
    count: int  # exact up to ENOUGH, then ENOUGH + 1
    next_key: str
    first_matches: bool  # candidates of the words were capped: these are some, not all

    @property
    def is_capped(self) -> bool:
        """Say whether counting stopped."""
        return self.count > COUNTED


def find_page(which: Which, order: Order, key: KeyOf | None, size: int = PAGE) -> Page:
    """Return one page of leads behind `key`."""
    rows: list[tuple[Any, ...]] = []
    count, capped = (_counted(which) if which.is_everything else 0), False
    if count <= ENOUGH:
        rows, count, capped = _collected(which, order, key, size)
    if count > ENOUGH and not which.words:
        rows = _walked(which, order, key, size)
    shown = rows[:size]
    more = sorts.pack(_key_of(shown[-1])) if len(rows) > size else ""
    some = capped or bool(which.words and count > ENOUGH)
    return Page([row[0] for row in shown], count, more, some)


def _key_of(row: tuple[Any, ...]) -> KeyOf:
    return (*(sorts.value_of(each) for each in row[1:]), row[0])


def _counted(which: Which) -> int:
    """Return how many leads there are, up to ENOUGH + 1: then none of them need be collected."""
    statement = (
        "SELECT count(*) FROM (SELECT FROM leads_standing"  # noqa: S608 - our own text; values are bound
        f" WHERE workspace_id = %(workspace)s LIMIT {ENOUGH + 1}) counted"
    )
    return int(_kept(statement, {"workspace": which.workspace_id})[0][0])


def _collected(
    which: Which, order: Order, key: KeyOf | None, size: int
) -> tuple[list[tuple[Any, ...]], int, bool]:
    """Return id and keys of a page, how many match (up to ENOUGH + 1), whether words were capped.

    One statement; without matches one row of nulls carries the count.
    """
    condition, params = which.condition()
    source = BASE + (ACCOUNT if order.sort.needs_account else "")
    named, told = "", "false"
    if which.words:
        named = f"named AS MATERIALIZED ({words.candidates(which.words)}), "
        source, condition = f"named, {source}", f"named.lead_id = lead.id AND {condition}"
        told = "coalesce((SELECT bool_or(capped) FROM named), false)"
    statement = (
        f"WITH {named}found AS MATERIALIZED (SELECT lead.id{sorts.columns(order)}"  # noqa: S608 - our own text; values are bound
        f" FROM {source} WHERE {HERE} AND {condition} LIMIT {ENOUGH + 1}),"
        f" told AS (SELECT count(*) AS many, {told} AS capped FROM found),"
        f" shown AS (SELECT * FROM found WHERE {sorts.after(order, key)}"
        f" ORDER BY {sorts.final_order(order)} LIMIT {size + 1})"
        f" SELECT told.many, told.capped, id{_names(order)} FROM told LEFT JOIN shown ON true"
        f" ORDER BY {sorts.final_order(order)}"
    )
    ask = run if which.clause.members else _kept
    rows = ask(statement, {**params, **sorts.bindings(order, key)})
    return [row[2:] for row in rows if row[2] is not None], rows[0][0], rows[0][1]


def _names(order: Order) -> str:
    return "".join(f", k{place}" for place in range(len(order.keys)))


def _walked(which: Which, order: Order, key: KeyOf | None, size: int) -> list[tuple[Any, ...]]:
    """Return id and keys of a page by walking the sort's index; for dense matches."""
    condition, params = which.condition()
    source = BASE + (ACCOUNT if order.sort.needs_account else "")
    parts = [
        f"(SELECT lead.id{sorts.columns(order)} FROM {source} WHERE {HERE} AND {condition}"  # noqa: S608 - as above
        f" AND {branch.where} ORDER BY {branch.order} LIMIT {size + 1})"
        for branch in sorts.branches(order, key)
    ]
    statement = (
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) walked"  # noqa: S608 - as above
        f" ORDER BY {sorts.final_order(order)} LIMIT {size + 1}"
    )
    ask = run if which.clause.members else _kept
    return ask(statement, {**params, **sorts.bindings(order, key)})


def _kept(statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement whose plan is kept: to plan one takes as long as to run it."""
    return [tuple(row.values()) for row in prepared(statement, params)]


def run(statement: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
