"""Rows as COPY reads them: the driver asks for every cell how to write it, we know it by its type.

Half the time, and one call for many rows; a row of a file leaves seven of them.
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


def block(rows: Iterable[Sequence[Any]]) -> str:
    """Return the rows, one a line."""
    write = _writers
    return "".join(["\t".join([write[type(cell)](cell) for cell in row]) + "\n" for row in rows])


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
