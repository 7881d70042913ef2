"""Named SQL statements of the rooms: each a file, read once, run with named parameters."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.rows import dict_row

M = TypeVar("M", bound=models.Model)
SEEN_BEFORE = 1  # so often a statement was run before its plan is kept
KEPT_PLANS = 300  # in one connection; those not used for longest go
NAMED = re.compile(r"%\((\w+)\)s")


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
    query, names = _numbered(text)
    values = [parameters[name] for name in names]
    cursors = psycopg.RawCursor(session, row_factory=dict_row)
    with connection.wrap_database_errors, cursors as cursor:
        cursor.execute(query, values, prepare=True)
        return cursor.fetchall()


@contextmanager
def plans_kept() -> Iterator[None]:
    """Let the ORM's statements keep their plans in this connection, while the block runs.

    For pages of many small statements: behind the walls planning one costs five times what
    running it does. Values travel beside the text then, so a statement of one's own that leaves
    the type of a parameter open is refused inside.
    """
    connection.ensure_connection()
    session: Any = connection.connection  # Django's cursors are not psycopg's to its types
    before = session.cursor_factory, session.prepare_threshold
    session.cursor_factory, session.prepare_threshold = ServerBindingCursor, SEEN_BEFORE
    session.prepared_max = KEPT_PLANS
    try:
        yield
    finally:
        session.cursor_factory, session.prepare_threshold = before


@cache
def _numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the statement with $1, $2 in place of %(names)s, and the names in that order.

    The driver reads named parameters too, but anew each time where a statement is long.
    """
    names: dict[str, str] = {}
    found = NAMED.sub(lambda name: names.setdefault(name[1], f"${len(names) + 1}"), text)
    return found.replace("%%", "%").encode(), tuple(names)


@cache
def columns_of(model: type[models.Model], alias: str) -> str:
    """Return the SELECT list of a whole row of `alias`, from which `loaded` makes the model."""
    names = (field.column for field in model._meta.concrete_fields)
    return ", ".join(f'{alias}."{name}" AS {alias}__{name}' for name in names)


def loaded(model: type[M], row: Mapping[str, Any], alias: str) -> M | None:
    """Return the row of `alias` as its model, or None where an outer join found nothing.

    For prepared statements: building the query anew takes Django longer than running it.
    """
    if row[f"{alias}__{model._meta.pk_fields[-1].column}"] is None:
        return None
    names, values = [], []
    for field in model._meta.concrete_fields:
        value, read = row[f"{alias}__{field.column}"], getattr(field, "from_db_value", None)
        names.append(field.attname)
        values.append(read(value, None, connection) if read else value)
    return model.from_db("default", names, values)
