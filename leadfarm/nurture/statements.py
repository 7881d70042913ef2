"""The named statements of this room (sql/), put together and run, each in a transaction."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from leadfarm.access.walls import within

FOLDER = Path(__file__).parent / "sql"
SLOT = re.compile(r"\{(\w+)\}")


@cache
def text(name: str) -> str:
    """Return the statement of this name with the parts that other files hold put in."""
    raw = (FOLDER / f"{name}.sql").read_text()
    return SLOT.sub(lambda slot: _part(slot[1]) or slot[0], raw)


def _part(name: str) -> str:
    return text(name) if (FOLDER / f"{name}.sql").exists() else ""


def fill(statement: str, **parts: str) -> str:
    """Return the statement with the slots that change from run to run filled."""
    return SLOT.sub(lambda slot: parts[slot[1]], statement)


def run(
    workspace_id: int, statement: str, values: dict[str, Any], after: str = ""
) -> list[tuple[Any, ...]]:
    """Run one statement inside the workspace's wall, in a transaction of its own, if there is none.

    Returns its rows. A crash before its end leaves nothing of it, after it everything. `after` is
    a statement that takes the locks it needs first.
    """
    with within(workspace_id, savepoint=False), connection.cursor() as cursor:
        if after:
            cursor.execute(after, {"workspace": workspace_id})
        cursor.execute(statement, {"workspace": workspace_id, **values})
        return list(cursor.fetchall())
