"""Run as a process of its own: one sheet of a workbook is written as CSV, as its reader sees it."""

import csv
import errno
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from leadfarm.intake.reading.formats import Formats

# A cell in the last row and the last column makes a table of 17 thousand million cells.
MEMORY = 3 * 1024**3
PROCESSOR_SECONDS = 150
# Up to here ids are written in full; nobody means 1e300 as one.
LARGEST = 1e21
Cell = int | float | str | bool | time | date | datetime | timedelta


def main(path: str, into: str, sheet: str, most_mb: str) -> None:
    """Write the sheet, and say on standard output which it was, or why there is none."""
    most = int(most_mb) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        said = unfold(Path(path), Path(into), sheet)
    except (CalamineError, OSError, ValueError) as error:
        said = {"refused": "This workbook is damaged, or protected by a password."}
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            said = {"refused": f"This sheet unfolds to more than {most_mb} MB of text."}
    print(json.dumps(said))  # noqa: T201 (what the other process reads)


def unfold(path: Path, into: Path, wanted: str) -> dict[str, object]:
    """Write the wanted sheet, or the first one with rows; return the answer."""
    with CalamineWorkbook.from_path(path) as book:
        sheets = [
            one.name
            for one in book.sheets_metadata
            if one.typ is SheetTypeEnum.WorkSheet and one.visible is SheetVisibleEnum.Visible
        ]
        if wanted and wanted not in sheets:
            return {"refused": f"This workbook has no sheet “{wanted}”."}
        for name in [wanted] if wanted else sheets:
            sheet = book.get_sheet_by_name(name)
            if sheet.height or wanted:
                _write(sheet, Formats(path, name), into)
                return {"sheets": sheets, "sheet": name}
    return {"refused": "This workbook has no sheet with rows."}


def text(cell: Cell) -> str:
    """Return a cell as people read it: whole numbers without a point, dates so that none errs."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LARGEST:
        return str(int(Decimal(repr(cell))))  # its own digits, none that it does not have
    if isinstance(cell, float):
        return format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _write(sheet: CalamineSheet, formats: Formats, into: Path) -> None:
    with into.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(_rows(sheet, formats))


def _rows(sheet: CalamineSheet, formats: Formats) -> Iterator[list[str]]:
    _, first = sheet.start or (0, 0)  # empty rows above are counted, empty columns are not
    for number, row in enumerate(sheet.iter_rows()):
        cells = [_shown(formats, number, place, cell) for place, cell in enumerate(row, first)]
        yield cells if any(cells) else []


def _shown(formats: Formats, row: int, column: int, cell: Cell) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        shown = formats.shown(row, column, cell)
        if shown is not None:
            return shown
    return text(cell)


if __name__ == "__main__":
    main(*sys.argv[1:5])
