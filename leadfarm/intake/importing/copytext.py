"""Rows as COPY reads them: the driver asks for every cell how to write it, we know it by its type.

One call for many rows, and column by column: most columns hold one kind of cell, which is then
written without a look at each. A row of a file leaves seven rows.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

NOTHING = "\\N"
# What would end a cell or a row, or begin an escape.
special = re.compile(r"[\\\t\n\r]").search
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def block(rows: Sequence[Sequence[Any]]) -> str:
    """Return the rows, all as long as the first, one a line."""
    if not rows:
        return ""
    lines = zip(*map(_column, zip(*rows, strict=True)), strict=True)
    return "\n".join(map("\t".join, lines)) + "\n"


def _column(cells: Sequence[Any]) -> Iterable[str]:
    kinds = set(map(type, cells))
    if len(kinds) > 1:
        write = _writers
        return [write[type(cell)](cell) for cell in cells]
    if kinds == {str}:
        return map(_text, cells) if special("".join(cells)) else cells
    return map(_writers[kinds.pop()], cells)


def _text(cell: str) -> str:
    return cell.translate(ESCAPES) if special(cell) else cell


@lru_cache(maxsize=50_000)
def _instant(cell: datetime) -> str:
    """Return the instant with its zone; most rows of a chunk share a few."""
    return cell.isoformat()


class _Writers(dict[type, Callable[[Any], str]]):
    """How a cell is written, by its type; codes are written as the numbers they are."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        for near in (bool, int, str, datetime, date):
            if issubclass(kind, near):
                self[kind] = int.__repr__ if near is int else self[near]
                return self[kind]
        raise TypeError(f"No cell of an import is a {kind.__name__}.")


_writers = _Writers(
    {
        type(None): lambda _: NOTHING,
        bool: lambda cell: "t" if cell else "f",
        int: str,
        float: repr,
        str: _text,
        datetime: _instant,
        date: date.isoformat,
        Decimal: str,
    }
)
