"""Questions about imports and forms: lists, error files, the raw row behind a touch."""

import csv
import io
import json
from collections.abc import Iterator

from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.importing.files import table_of
from leadfarm.intake.models import ImportedRow, ImportFault, ImportRun
from leadfarm.leads.models import Touch
from leadfarm.rules.csv_safety import escape_cell


def error_file(run: ImportRun) -> Iterator[str]:
    """Give the lines of the error file: each faulty row as it came, with what is wrong with it.

    Cells are escaped, so that no spreadsheet runs them; the file can be corrected and imported.
    """
    try:
        titles = list(table_of(run).titles)
    except LeadfarmError:
        titles = []
    yield _line([*titles, "Row", "Field", "What is wrong", "Came in"])
    found = ImportFault.objects.of(run.workspace_id).filter(run=run).order_by("row", "id")
    for fault in found.iterator(chunk_size=2000):
        raw = json.loads(fault.raw) if isinstance(fault.raw, str) else (fault.raw or [])
        cells = [*raw, *[""] * len(titles)][: len(titles)]
        came = "yes" if fault.taken else "no"
        yield _line([*cells, str(fault.row), fault.field, fault.message, came])


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


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([escape_cell(cell) for cell in cells])
    return written.getvalue()
