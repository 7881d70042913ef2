"""All leads of a list as lines of CSV, read in batches while they are sent."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.leads.queries.listing import words
from leadfarm.leads.queries.listing.layouts import Layout, laid_out
from leadfarm.leads.queries.listing.page import BASE, HERE, Which, run
from leadfarm.leads.queries.listing.rows import Listed, Row, listed, row_of
from leadfarm.rules.csv_safety import escape_cell

BATCH = 1_000
LEFT_OUT = {"done", "stage_kind", "bars", "due_state", "since", "due"}
SHOWN = [each.name for each in fields(Row) if each.name not in LEFT_OUT]
HEAD = ["lead", *SHOWN[1:], "due_at", "email", "phone", "domain", "external_id", "need"]


class _Line:
    """What csv writes to: keeps the line instead."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def lines(
    workspace: Workspace,
    which: Which,
    now: datetime,
    only: Sequence[int] = (),
    layout: Layout | None = None,
) -> Iterator[str]:
    """Yield the head and one line a lead, in order of number; cells are safe for spreadsheets.

    `only` keeps these leads of them; with a layout they go out as another product has them.
    """
    writer = csv.writer(_Line())
    if layout is not None:
        yield "\ufeff" + writer.writerow(layout.titles)
        for ids in _ids(which, only):
            rows = laid_out(layout, workspace, ids)
            yield "".join(writer.writerow([escape_cell(cell) for cell in row]) for row in rows)
        return
    yield "\ufeff" + writer.writerow(HEAD)
    for leads in _batches(workspace, which, only):
        yield "".join(writer.writerow(_cells(workspace, lead, now)) for lead in leads)


def _batches(workspace: Workspace, which: Which, only: Sequence[int]) -> Iterator[list[Listed]]:
    for ids in _ids(which, only):
        found = listed(workspace, ids)
        yield [found[one] for one in ids if one in found]


def _ids(which: Which, only: Sequence[int]) -> Iterator[list[int]]:
    condition, params = which.condition()
    if which.words:
        condition = f"lead.id IN ({words.everyone(which.words)}) AND {condition}"
    if only:
        condition, params["only"] = f"lead.id = ANY(%(only)s) AND {condition}", list(only)
    statement = (
        f"SELECT lead.id FROM {BASE} WHERE {HERE} AND lead.id > %(last)s AND {condition}"  # noqa: S608 - our own text; values are bound
        f" ORDER BY lead.id LIMIT {BATCH}"
    )
    last = 0
    while ids := [row[0] for row in run(statement, {**params, "last": last})]:
        last = ids[-1]
        yield ids


def _cells(workspace: Workspace, lead: Listed, now: datetime) -> list[str]:
    row = row_of(workspace, lead, now)
    values = [getattr(row, name) for name in SHOWN]
    values += [lead.next_at, lead.email, lead.phone, lead.domain, lead.external_id, lead.need]
    return [escape_cell(_said(value)) for value in values]


def _said(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
