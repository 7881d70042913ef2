"""Taking a person's rows: deleted or emptied, table by table, each by one statement."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models

from leadfarm.consent.erasing.person import Person
from leadfarm.consent.holdings import Fate, Holding


def table_of(holding: Holding) -> type[models.Model]:
    """Return the model a holding is about."""
    return apps.get_model(holding.model)


def take(holding: Holding, person: Person, now: datetime) -> int:
    """Delete or empty what this table holds of the person; return of how many rows."""
    if holding.fate is Fate.STAYS:
        return 0
    table, condition = table_of(holding)._meta.db_table, holding.erased or holding.whose
    where = f"held.workspace_id = %(workspace)s AND ({condition})"
    if holding.fate is Fate.GOES:
        return _run(f"DELETE FROM {table} held WHERE {where}", person, now)  # noqa: S608 (ours)
    if getattr(table_of(holding), "append_only", False):
        ids = f"ARRAY(SELECT held.id FROM {table} held WHERE {where})"  # noqa: S608 (ours)
        return _forget(table, ids, person, now)
    said = ", ".join(f"{column} = {value}" for column, value in holding.empties.items())
    return _run(f"UPDATE {table} held SET {said} WHERE {where}", person, now)  # noqa: S608 (ours)


def count(holding: Holding, person: Person) -> int:
    """Return how many rows this table holds of the person."""
    where = f"held.workspace_id = %(workspace)s AND ({holding.whose})"
    table = table_of(holding)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} held WHERE {where}", person.terms())  # noqa: S608 (ours)
        return int(cursor.fetchone()[0])


def _forget(table: str, ids: str, person: Person, now: datetime) -> int:
    with connection.cursor() as cursor:
        statement = f"SELECT {table}_forget(%(workspace)s::integer, {ids})"
        cursor.execute(statement, person.terms() | {"now": now})
        return int(cursor.fetchone()[0])


def _run(statement: str, person: Person, now: datetime) -> int:
    terms: dict[str, Any] = person.terms() | {"now": now}
    with connection.cursor() as cursor:
        cursor.execute(statement, terms)
        return int(cursor.rowcount)
