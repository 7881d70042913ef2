"""Named SQL statements of the rooms: each a file, read once, run with named parameters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def statement(path: Path) -> str:
    """Return the text of a .sql file."""
    return path.read_text()


def rows(path: Path, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run the statement and return its rows as dictionaries."""
    with connection.cursor() as cursor:
        cursor.execute(statement(path), dict(parameters))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
