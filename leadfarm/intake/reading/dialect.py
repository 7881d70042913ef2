"""How the cells of a file are parted, and which row is its header, found from its first rows."""

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from leadfarm.rules.names import normal_email

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
LOOK_AT = 60
# A cell longer than this is a quotation mark that never closes.
LONGEST_CELL = 200_000

csv.field_size_limit(LONGEST_CELL)


def delimiter_of(text: str, is_whole: bool) -> str:
    """Return the delimiter that cuts most rows into the same number of cells; comma if none does.

    Of two that cut equally well, the one with more cells wins.
    """
    scores = {mark: _score(first_rows(text, mark, is_whole)) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark])
    return best if scores[best] > (0.0, 0) else ","


def first_rows(text: str, delimiter: str, is_whole: bool) -> list[list[str]]:
    """Return the first rows of the text; the last one is left out where it may be cut off."""
    rows: list[list[str]] = []
    try:
        rows.extend(
            islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), LOOK_AT)
        )
    except csv.Error:
        return rows
    if not is_whole and len(rows) < LOOK_AT:
        rows = rows[:-1]
    return rows


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the header: the first row filled about as widely as the table is.

    Reports put titles and dates above it; an empty file has it at 0.
    """
    widest = max((_filled(row) for row in rows), default=0)
    for index, row in enumerate(rows):
        if _filled(row) * 2 > widest:
            return index
    return 0


def is_about_somebody(row: Sequence[str]) -> bool:
    """Return whether a row holds an e-mail address, as no title does: it is a lead already."""
    return any("@" in cell and normal_email(cell) is not None for cell in row)


def titles(header: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a title for each column, all different, and a sentence for each one that was not."""
    seen: Counter[str] = Counter()
    found, remarks = [], []
    for place, cell in enumerate(header, start=1):
        title = " ".join(cell.replace("\x00", "").split())[:120] or f"Column {place}"
        seen[title.casefold()] += 1
        if (times := seen[title.casefold()]) > 1:
            renamed = f"{title} ({times})"
            remarks.append(f"The title “{title}” stands twice; column {place} is “{renamed}” here.")
            title = renamed
        found.append(title)
    return found, remarks


def _score(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    if width < 2:
        return (0.0, 0)
    return (round(times / widths.total(), 1), width)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())
