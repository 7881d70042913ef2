"""Named SQL statements of the rooms: each a file, read once, run with named parameters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import dict_row


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


def prepared(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run a statement whose plan this connection keeps; return its rows as dictionaries.

    For what every request of a hot path runs: the server parses and plans it once. Values travel
    beside the text, so a parameter whose type its place does not tell is cast (%(lead)s::bigint).
    """
    if not connection.in_atomic_block:
        connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    session: psycopg.Connection[Any] = connection.connection
    session.prepare_threshold = 0  # Django sets none; its own statements stay as they are
    with connection.wrap_database_errors, psycopg.Cursor(session, row_factory=dict_row) as cursor:
        cursor.execute(text.encode(), parameters, prepare=True)
        return cursor.fetchall()
