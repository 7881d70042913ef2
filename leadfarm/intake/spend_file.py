"""A file of spend: each row an amount of a month, for a campaign or a source (D-1)."""

import calendar
import csv
import io
import tempfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from leadfarm.access.models import Workspace
from leadfarm.intake.actions.spending import Booking
from leadfarm.intake.codes import SpendKind
from leadfarm.intake.models import Spend
from leadfarm.intake.queries import Places, places
from leadfarm.intake.reading import Fault, Row, Table, UnreadableFileError, open_table
from leadfarm.intake.values.dates import order_of
from leadfarm.intake.values.readers import CellError, read_day, read_money
from leadfarm.rules.csv_safety import escape_cell, unescape_cell

LIMIT_MB = 1
MOST = Decimal("9999999999.99")
TITLES = {
    "campaign": ("campaign", "campaign name", "kampagne"),
    "source": ("source", "channel", "quelle"),
    "month": ("month", "date", "monat", "datum"),
    "amount": ("amount", "spend", "cost", "betrag", "kosten"),
    "kind": ("kind", "type", "art"),
    "note": ("note", "notiz"),
}


class WrongCell(ValueError):
    """What is wrong with a cell, and in which column."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Line:
    """A row that can be booked: for what, by name, and the booking."""

    row: int
    name: str
    kind: str
    booking: Booking


@dataclass
class SpendFile:
    """A file as it was read: what can be booked, what is wrong, and its rows as they came."""

    titles: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: dict[int, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Return the sum of what can be booked."""
        return sum((line.booking.amount for line in self.lines), Decimal(0))

    def errors(self) -> str:
        """Return the faulty rows as they came, with what is wrong; to be corrected and read again.

        Cells are escaped, so that no spreadsheet runs them.
        """
        out = io.StringIO()
        write = csv.writer(out).writerow
        write([*self.titles, "Row", "Field", "What is wrong"])
        for fault in self.faults:
            cells = [*self.raw.get(fault.row, []), *[""] * len(self.titles)][: len(self.titles)]
            where = (str(fault.row), fault.field, fault.message)
            write([escape_cell(cell) for cell in (*cells, *where)])
        return out.getvalue()


def read_spend(workspace: Workspace, content: bytes) -> SpendFile:
    """Return what the file says and what is wrong with it; nothing is booked.

    UnreadableFileError where it is no table, or has no column of months, amounts or places. A
    campaign or source must be known: a slip of the pen opens no new one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spend.csv"
        path.write_bytes(content)
        table = open_table(path, limit_mb=LIMIT_MB)
        return _Reading(workspace, table).read()


class _Reading:
    """Reads the rows of one file, each booking once."""

    def __init__(self, workspace: Workspace, table: Table) -> None:
        self.table, self.there = table, places(workspace)
        self.columns = _columns(table.titles)
        # What is booked already, so that a file read twice, or longer by a month, books once.
        self.booked = {
            (one.campaign_id, one.source_id, one.kind, one.amount, one.from_day, one.until_day)
            for one in Spend.objects.of(workspace)
        }
        self.order = order_of(cell for row in table.rows() for cell in row.cells)

    def read(self) -> SpendFile:
        found = SpendFile(self.table.titles)
        for row in self.table.rows():
            try:
                if row.fault:
                    raise WrongCell(row.field, row.fault)
                found.lines.append(self._line(row))
            except WrongCell as wrong:
                found.faults.append(Fault(row.number, wrong.column, str(wrong)))
                found.raw[row.number] = row.cells
        return found

    def _line(self, row: Row) -> Line:
        told = {name: unescape_cell(row.cells[at].strip()) for name, at in self.columns.items()}
        name, campaign, source = _place(self.there, told)
        kind = SpendKind.read(told.get("kind") or SpendKind.MEDIA.slug)
        if kind is None:
            wrong = f"“{told['kind'][:40]}” is none of {', '.join(SpendKind.slugs())}."
            raise WrongCell("kind", wrong)
        first = _month(told["month"], self.order)
        until = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        amount, note = _amount(told["amount"]), told.get("note", "")[:200]
        key = (campaign, source, int(kind), amount, first, until)
        if key in self.booked:
            raise WrongCell("", "The same amount is booked for it and this month already.")
        self.booked.add(key)
        booking = Booking(kind, amount, first, until, campaign, source, note)
        return Line(row.number, name, kind.label, booking)


def _columns(titles: tuple[str, ...]) -> dict[str, int]:
    plain = [title.strip().casefold() for title in titles]
    found = {
        name: next(plain.index(one) for one in known if one in plain)
        for name, known in TITLES.items()
        if any(one in plain for one in known)
    }
    missing = [name for name in ("month", "amount") if name not in found]
    if "campaign" not in found and "source" not in found:
        missing.append("campaign or source")
    if missing:
        raise UnreadableFileError(
            f"The file has no column {' and no column '.join(missing)}.",
            "Name its columns campaign, source, month and amount; kind and note may follow.",
        )
    return found


def _place(there: Places, told: dict[str, str]) -> tuple[str, int | None, int | None]:
    """Return name, campaign and source the row is for: the campaign where it names one."""
    column = "campaign" if told.get("campaign") else "source"
    asked = told.get(column, "")
    if not asked:
        raise WrongCell(column, "Name a campaign or a source.")
    known = there.campaigns if column == "campaign" else there.sources
    for number, one in known.items():
        if str(one).casefold() == asked.casefold():
            is_campaign = column == "campaign"
            return str(one), number if is_campaign else None, None if is_campaign else number
    raise WrongCell(column, f"There is no {column} “{asked[:80]}”. Correct it, or enter it first.")


def _month(cell: str, order: str) -> date:
    try:
        return read_day(cell, order).replace(day=1)
    except CellError as wrong:
        raise WrongCell("month", str(wrong)) from None


def _amount(cell: str) -> Decimal:
    try:
        amount = read_money(cell)
    except CellError as wrong:
        raise WrongCell("amount", str(wrong)) from None
    if amount > MOST:
        raise WrongCell("amount", "Give an amount of at most 9,999,999,999.99.")
    return amount
