"""The board: a column for each stage, with its count, its first cards and its sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from leadfarm.leads.queries.listing import words
from leadfarm.leads.queries.listing.page import BASE, COUNTED, HERE, Which, run
from leadfarm.rules.stages import Stage, is_opportunity

CARDS = 30
COLUMNS = (
    *(Stage.RAW, Stage.INQUIRY, Stage.NURTURING, Stage.SALES_READY),
    *(Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON),
)


@dataclass(frozen=True)
class Column:
    """One stage: how many (counting stops behind COUNTED), their sum, the first cards by number."""

    stage: Stage
    count: int
    amount: Decimal | None
    ids: list[int]


def board_of(which: Which) -> list[Column]:
    """Return the columns in one statement; within a column what is due first comes first.

    Sums are given from Qualified on, over the counted leads.
    """
    condition, params = which.condition()
    named = ""
    if which.words:
        named = f"named AS MATERIALIZED ({words.candidates(which.words)}),"
        condition = "lead.id IN (SELECT lead_id FROM named) AND " + condition  # noqa: S608
    lanes = ", ".join(f"({int(stage)})" for stage in COLUMNS)
    own = f"{BASE} WHERE {HERE} AND standing.stage = lane.stage AND {condition}"
    statement = (
        f"WITH {named} lane (stage) AS (VALUES {lanes})"  # noqa: S608 - our own text; values are bound
        " SELECT lane.stage, counted.many, counted.amount, cards.ids FROM lane"
        " CROSS JOIN LATERAL (SELECT count(*) AS many, sum(amount) AS amount FROM"
        f" (SELECT lead.amount FROM {own} LIMIT {COUNTED + 1}) counted_rows) counted"
        " CROSS JOIN LATERAL (SELECT array_agg(id) AS ids FROM"
        f" (SELECT lead.id FROM {own} ORDER BY standing.next_at, lead.id"
        f" LIMIT {CARDS}) first_cards) cards"
    )
    found = {row[0]: row for row in run(statement, params)}
    return [_column(stage, found[int(stage)]) for stage in COLUMNS]


def _column(stage: Stage, row: tuple[int, int, Decimal | None, list[int] | None]) -> Column:
    return Column(stage, row[1], row[2] if is_opportunity(stage) else None, row[3] or [])
