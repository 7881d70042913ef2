"""A file opened as a table: its titles, and its rows one after the other."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from leadfarm.intake.reading import dialect
from leadfarm.intake.reading.encoding import SAMPLE, encoding_of
from leadfarm.intake.reading.faults import UnreadableFileError

MEGABYTE = 1024 * 1024
MOST_COLUMNS = 2_000
UNTITLED = (
    "The file has no titles: its first row names somebody already and comes in as a row. Columns"
    " are numbered."
)


class Row(NamedTuple):
    """One row: its number in a spreadsheet, its cells, and why it cannot be read (else empty).

    `broken`: where it is single cells that cannot, each with its column and why.
    """

    number: int
    cells: list[str]
    fault: str = ""
    field: str = ""
    broken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A readable file: how it is written, its column titles, and what was odd about its header."""

    path: Path
    encoding: str
    delimiter: str
    header_row: int
    titles: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    # The first rows as they stand, those above the header among them.
    head: tuple[tuple[str, ...], ...] = ()
    # Where the table ends and another part of the file begins; 0: at its end.
    last_row: int = 0

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Give every row behind the header and behind row `after`; blank rows are passed over."""
        start = max(after, self.header_row)
        with self.path.open(encoding=self.encoding, errors=_errors(self.encoding), newline="") as f:
            number, ended = 0, list[bool]()
            lines = _until_end(f, ended)
            reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True)
            while True:
                number += 1
                if self.last_row and number > self.last_row:
                    return
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    if number > start:
                        yield Row(number, [], _TOO_LARGE)
                    continue
                if number > start and ended:
                    yield Row(number, cells, _ENDLESS)
                elif number > start and any(cells):
                    yield self._checked(number, cells)

    def _checked(self, number: int, cells: list[str]) -> Row:
        width = len(self.titles)
        if len(cells) != width:
            if len(cells) < width:
                return Row(number, cells, _too_short(cells, self.titles), self.titles[len(cells)])
            if any(cell.strip() for cell in cells[width:]):
                return Row(number, cells, _too_long(cells, width))
            del cells[width:]
        line = "".join(cells)
        if not line.isascii() or "\x00" in line:
            told = zip(self.titles, cells, strict=True)
            asked = ((title, _unreadable(cell, self.encoding)) for title, cell in told)
            if broken := tuple((title, fault) for title, fault in asked if fault):
                return Row(number, cells, broken[0][1], broken[0][0], broken)
        return Row(number, cells)

    def count(self) -> int:
        """Return how many rows there are to read."""
        return sum(1 for _ in self.rows())


def _until_end(file: Iterable[str], ended: list[bool]) -> Iterator[str]:
    """Give the lines, and note when a row asks for one behind the last: its quotation is open."""
    yield from file
    ended.append(True)


_ENDLESS = (
    "A quotation mark opens in this row and does not close. Close it, or double it inside a cell."
)

_TOO_LARGE = (
    f"A cell of this row is longer than {dialect.LONGEST_CELL:,} characters. Shorten it; or a"
    " quotation mark opens in it and does not close."
)


def open_table(
    path: Path,
    *,
    limit_mb: int,
    encoding: str = "",
    delimiter: str = "",
    header_row: int = 0,
    last_row: int = 0,
) -> Table:
    """Return the file as a table; what is not said is found out."""
    refuse_large(path.stat().st_size, limit_mb)
    encoding = encoding or encoding_of(path)
    with path.open(encoding=encoding, errors=_errors(encoding), newline="") as file:
        text = file.read(SAMPLE)
        is_whole = not file.read(1)
    if not text.strip("\ufeff\r\n\t ,;|"):
        raise UnreadableFileError("The file is empty.", "Choose a file with a header and rows.")
    delimiter = delimiter or dialect.delimiter_of(text, is_whole)
    rows = dialect.first_rows(text, delimiter, is_whole) or [[text]]
    return _table(path, encoding, delimiter, rows, header_row, last_row)


def _table(
    path: Path, encoding: str, delimiter: str, rows: list[list[str]], header_row: int, last_row: int
) -> Table:
    at = header_row - 1 if header_row else dialect.header_at(rows)
    if not header_row and at < len(rows) and dialect.is_about_somebody(rows[at]):
        return _untitled(path, encoding, delimiter, rows, at, last_row)
    if at >= len(rows):
        raise UnreadableFileError(
            f"The file has no row {header_row}.", "Name the row of its header."
        )
    header = [printable(cell) for cell in _without_empty_end(rows[at], rows[at + 1 :])]
    titles, remarks = dialect.titles(header)
    if len(titles) > MOST_COLUMNS:
        raise UnreadableFileError(
            f"The file has {len(titles):,} columns; at most {MOST_COLUMNS:,} can be read.",
            "Leave out the columns you do not need.",
        )
    head = tuple(tuple(printable(cell) for cell in row) for row in rows)
    places = (at + 1, tuple(titles), tuple(remarks))
    return Table(path, encoding, delimiter, *places, head, last_row)


def _untitled(
    path: Path, encoding: str, delimiter: str, rows: list[list[str]], above: int, last_row: int
) -> Table:
    """Return a table whose first row is somebody already: its columns are numbered."""
    titles = tuple(f"Column {place}" for place in range(1, len(rows[above]) + 1))
    head = tuple(tuple(printable(cell) for cell in row) for row in rows)
    return Table(path, encoding, delimiter, above, titles, (UNTITLED,), head, last_row)


def printable(text: str) -> str:
    """Return the text without NUL and broken bytes, which no database or page takes."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def refuse_large(size: int, limit_mb: int) -> None:
    """Raise UnreadableFileError for a file of more bytes than the limit."""
    if size > limit_mb * MEGABYTE:
        raise UnreadableFileError(
            f"The file has {size / MEGABYTE:,.0f} MB; at most {limit_mb} MB can be imported.",
            "Split it into smaller files, or raise LEADFARM_IMPORT_LIMIT_MB.",
        )


def _errors(encoding: str) -> str:
    """Keep broken bytes of UTF-8 tellable from letters; elsewhere they become U+FFFD."""
    return "surrogateescape" if encoding.startswith("utf-8") else "replace"


def _without_empty_end(header: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the header without columns at its end that have neither title nor any cell."""
    width = len(header)
    while width > 1 and not header[width - 1].strip():
        if any(len(row) >= width and row[width - 1].strip() for row in rows):
            break
        width -= 1
    return header[:width]


def _too_short(cells: Sequence[str], titles: Sequence[str]) -> str:
    missing = f"The row ends after {len(cells)} of {len(titles)} cells, before this field."
    if any("\n" in cell for cell in cells):
        return f"{missing} Perhaps a quotation mark is not closed."
    return f"{missing} Add what is missing, or the delimiters of empty cells."


def _too_long(cells: Sequence[str], width: int) -> str:
    return (
        f"The row has {len(cells)} cells, the header {width}. Put a cell that contains the"
        " delimiter into quotation marks."
    )


def _unreadable(cell: str, encoding: str) -> str:
    if "\x00" in cell:
        return "The cell contains a NUL character, which no text has. Remove it."
    if any("\ud800" <= letter <= "\udfff" for letter in cell):
        return f"The cell has bytes that are not {encoding.upper()}. Save the file as UTF-8."
    return ""
