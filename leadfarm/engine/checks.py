"""What `doctor` looks for: one check per law, registered by each room in its `checks.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """A question to the data whose answer must be an empty list.

    `find` gets a database connection (Django's) that sees every workspace, and returns what breaks
    the law, one line each, beginning with the id: "lead 42: open without a next step".
    """

    name: str
    law: int
    find: Callable[[Any], list[str]]


def by_query(name: str, law: int, query: str) -> Check:
    """A check whose query returns one text column: the offending rows."""

    def find(connection: Any) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [str(row[0]) for row in cursor.fetchall()]

    return Check(name, law, find)
