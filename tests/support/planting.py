"""Nonsense put past every trigger and wall, to see that `doctor` finds it. Nothing is kept."""

from collections.abc import Iterable, Sequence

from django.db import connections, transaction

from leadfarm.engine.checks import Check


def found_when(
    checks: Sequence[Check], beginning: str, tables: Iterable[str], sql: str, workspace_id: int
) -> list[str]:
    """Return what the check of this name finds after `sql` (one %s: the workspace), not before."""
    [check] = [check for check in checks if check.name.startswith(beginning)]
    owner = connections["owner"]
    with transaction.atomic("owner"), owner.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        before = set(check.find(owner))
        cursor.execute(sql, [workspace_id])
        assert cursor.rowcount > 0, "nothing was planted"
        found = set(check.find(owner)) - before
        transaction.set_rollback(True, "owner")
    return sorted(found)
