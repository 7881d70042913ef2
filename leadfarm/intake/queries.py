"""Questions about imports and money: bookings, error files, the raw row behind a touch."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet, Sum

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import RowFate
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.importing.guessing import ROW_OF_IMPORT, repaired_place
from leadfarm.intake.models import ImportedRow, ImportFault, ImportRun, Spend
from leadfarm.leads.models import Campaign, Lead, Source, Touch
from leadfarm.rules.csv_safety import escape_cell

ABOUT_FAULTS = ("Field", "What is wrong", "Came in")


def error_file(run: ImportRun) -> Iterator[str]:
    """Give the lines of the error file: each faulty row once, as it came, with all that is wrong.

    Cells are escaped, so that no spreadsheet runs them. A file with semicolons gets semicolons
    back, and a mark of its encoding: a spreadsheet that opened the one opens the other.
    """
    try:
        table = table_of(run)
        titles, delimiter = list(table.titles), ";" if table.delimiter == ";" else ","
    except LeadfarmError:
        titles, delimiter = [], ","
    row = ROW_OF_IMPORT.format(number=run.id)
    titles = titles[: repaired_place(titles)]  # a repair is not told its own faults again
    yield "\ufeff" + _line([*titles, row, *ABOUT_FAULTS], delimiter)
    found = ImportFault.objects.of(run.workspace_id).filter(run=run).order_by("row", "id")
    for number, faults in groupby(found.iterator(chunk_size=2000), key=lambda one: one.row):
        cells, about = _faulty(list(faults))
        yield _line([*[*cells, *[""] * len(titles)][: len(titles)], str(number), *about], delimiter)


def _faulty(faults: list[ImportFault]) -> tuple[list[str], tuple[str, str, str]]:
    """Return the row as it came, and all its faults: columns, reasons, whether it came in."""
    told = next((one.raw for one in faults if one.raw is not None), None) or []
    cells = json.loads(told) if isinstance(told, str) else told
    if len(faults) == 1:
        said = faults[0].message
    else:
        said = " ".join(f"{one.field}: {one.message}".removeprefix(": ") for one in faults)
    columns = "; ".join(dict.fromkeys(one.field for one in faults if one.field))
    return cells, (columns, said, "yes" if all(one.taken for one in faults) else "no")


@dataclass(frozen=True)
class Landed:
    """One row of an import and the lead it came to."""

    row: int
    fate: str
    lead: Lead


def landed(run: ImportRun, most: int = 20) -> list[Landed]:
    """Return what became of the first rows that came in, with their leads; two queries."""
    mine = ImportedRow.objects.of(run.workspace_id).filter(run_id=run.id)
    found = list(mine.order_by("row")[:most])
    leads = Lead.objects.of(run.workspace_id).filter(id__in=[one.lead_id for one in found])
    there = {lead.id: lead for lead in leads.select_related("contact", "account")}
    return [
        Landed(one.row, RowFate(one.fate).label, there[one.lead_id])
        for one in found
        if one.lead_id in there
    ]


def gone_again(run: ImportRun) -> int:
    """Return how many of the leads that an undone import had opened are there no more."""
    return max(0, run.created - Lead.objects.of(run.workspace_id).filter(import_id=run.id).count())


def raw_row(touch: Touch) -> dict[str, str] | None:
    """Return the row of a file that a touch came from, by column title; None when there is none.

    The file is kept once for all its rows, until its time is over or somebody is erased.
    """
    if touch.ref is None:
        return None
    where = ImportedRow.objects.of(touch.workspace_id).filter(
        run_id=touch.ref, lead_id=touch.lead_id, touch_id=touch.id
    )
    imported = where.first()
    if imported is None:
        return None
    run = ImportRun.objects.of(touch.workspace_id).get(id=imported.run_id)
    try:
        table = table_of(run)
    except LeadfarmError:
        return None
    row = next(table.rows(after=imported.row - 1), None)
    return dict(zip(table.titles, row.cells, strict=False)) if row else None


def _line(cells: list[str], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerow([escape_cell(cell) for cell in cells])
    return written.getvalue()


@dataclass(frozen=True)
class Places:
    """What money can be spent for: campaigns and sources by id, in the order of their names."""

    campaigns: dict[int, Campaign]
    sources: dict[int, Source]

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return them as a form offers them, in two groups."""
        return [
            ("Campaigns", [(f"campaign-{one.id}", str(one)) for one in self.campaigns.values()]),
            ("Sources", [(f"source-{one.id}", str(one)) for one in self.sources.values()]),
        ]

    def name(self, spend: Spend) -> str:
        """Return the name of what a booking is for."""
        if spend.campaign_id is not None:
            return str(self.campaigns[spend.campaign_id])
        assert spend.source_id is not None
        return str(self.sources[spend.source_id])


@dataclass(frozen=True)
class Booked:
    """All that was booked for one campaign or source."""

    place: str
    name: str
    campaign: Campaign | None
    many: int
    amount: Decimal


def places(workspace: Workspace) -> Places:
    """Return what money can be spent for; two queries."""
    return Places(
        {one.id: one for one in Campaign.objects.of(workspace).order_by("name")},
        {one.id: one for one in Source.objects.of(workspace).order_by("name")},
    )


def bookings(workspace: Workspace, place: str = "") -> QuerySet[Spend]:
    """Return the bookings, those of the latest days first; `place` as the form offers it."""
    found = Spend.objects.of(workspace).order_by("-from_day", "-id")
    what, _, number = place.partition("-")
    if what not in ("campaign", "source") or not number.isdecimal():
        return found
    return found.filter(**{f"{what}_id": min(int(number), 2**63 - 1)})


def booked(workspace: Workspace, there: Places) -> list[Booked]:
    """Return the sum of each campaign and source that something was booked for; one query."""
    sums: Any = Spend.objects.of(workspace).values_list("campaign_id", "source_id")
    found = []
    for campaign_id, source_id, many, amount in sums.annotate(Count("id"), Sum("amount")):
        campaign = there.campaigns.get(campaign_id)
        place = f"campaign-{campaign_id}" if campaign else f"source-{source_id}"
        name = str(campaign or there.sources[source_id])
        found.append(Booked(place, name, campaign, many, amount))
    return sorted(found, key=lambda one: (-one.amount, one.name))
