"""Workspaces are walls (law 9): the base of every tenant table, and the way inside.

The first lock is the query, which names its workspace: `Lead.objects.of(workspace)`. The second is
the database: row-level security shows the web role only the workspace, and an outside firm only
the leads, that the transaction has entered with `within`.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import connection, models, transaction

if TYPE_CHECKING:
    from leadfarm.access.models.workspace import Workspace

# Where on a connection stands which wall its transaction is behind: asking the server costs more
# than most of what is done there.
REMEMBERED = "leadfarm_inside"
M = TypeVar("M", bound=models.Model)
S = TypeVar("S")


class WalledQuerySet(models.QuerySet[M]):
    """A query that can be told its workspace."""

    def of(self, workspace: "Workspace | int") -> Self:
        """Return only the rows of this workspace (an id will do)."""
        return self.filter(workspace_id=workspace if isinstance(workspace, int) else workspace.id)


WalledManager = models.Manager.from_queryset(WalledQuerySet)


class Walled(models.Model):
    """A row that belongs to one workspace and can never point into another."""

    workspace = models.ForeignKey(
        "access.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,  # BuildWalls makes it, where no other key already implies it
    )

    objects = WalledManager()

    # True: nobody may change or delete a row once written (law 5); the grants say so.
    append_only = False
    # Of what is never changed: columns that may name a person, each with the SQL of what an erasure
    # leaves there. The worker may have them set by {table}_forget(workspace, ids), and only that.
    forgets: Mapping[str, str] = MappingProxyType({})
    # How an outside firm sees the table: "lead" (rows with a lead_id it works on), a column
    # path written as SQL, or "" (the whole workspace's).
    firm_sees: str = ""
    # Keys looked up once a statement instead of once a row (setwise.py): for tables that are
    # written by the ten thousand.
    checked_by_set: tuple[str, ...] = ()
    # Those of them that thousands of rows change at once.
    moved_by_set: tuple[str, ...] = ()

    class Meta:
        abstract = True


FIRMS_OWN = (
    "column IN (SELECT own.id FROM access_member own"
    " WHERE own.workspace_id = {table}.workspace_id AND own.firm_id = {firm})"
)


def firms_own(column: str) -> str:
    """Return the rule "a firm sees what its own people made", for the column of a member's id."""
    return FIRMS_OWN.replace("column", column)


def walled_key(to: Any, on_delete: Any = models.CASCADE, **options: Any) -> Any:
    """Return a foreign key inside the wall: Django knows it, BuildWalls makes it composite."""
    options.setdefault("related_name", "+")
    options.setdefault("db_index", False)
    return models.ForeignKey(to, on_delete=on_delete, db_constraint=False, **options)


def emptied(collector: Any, field: Any, rows: Any, using: str) -> None:
    """Leave the emptying of a key to the database: for rows that nobody who acts may change.

    As `on_delete` of what is append-only and points to what may be erased, as personal text.
    """


@contextmanager
def within(
    workspace: "Workspace | int", firm: int | None = None, *, savepoint: bool = True
) -> Iterator[None]:
    """Enter a workspace for one transaction; `firm` narrows it to what that team works on.

    May be nested: on leaving, the transaction is where it was before. Who is there already asks
    nothing of the server; without `savepoint`, a failure inside undoes the transaction around.
    """
    inside = workspace if isinstance(workspace, int) else workspace.id
    place = (str(inside), str(firm or ""))
    with transaction.atomic(savepoint=savepoint):
        around = getattr(connection, REMEMBERED, None)
        if around == place:
            yield
            return
        before = _enter(*place)
        setattr(connection, REMEMBERED, place)
        try:
            yield
        finally:
            setattr(connection, REMEMBERED, around)
        # The server takes the setting back by itself where the block is rolled back or ends.
        if connection.savepoint_ids and not connection.needs_rollback:
            _enter(*before)


def stream_within(
    workspace: "Workspace | int", rows: Iterable[S], firm: int | None = None
) -> Iterator[S]:
    """Yield the rows behind the wall: for answers that are sent while they are made.

    A streamed answer is made after its view has returned, when the request's own transaction is
    over. The door wraps every streamed page in this by itself.
    """
    with within(workspace, firm):
        yield from rows


def _enter(workspace: str, firm: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED (SELECT"
            " coalesce(current_setting('leadfarm.workspace', true), '') AS workspace,"
            " coalesce(current_setting('leadfarm.firm', true), '') AS firm)"
            " SELECT workspace, firm, set_config('leadfarm.workspace', %s, true),"
            " set_config('leadfarm.firm', %s, true) FROM before",
            [workspace, firm],
        )
        before: tuple[str, str, str, str] = cursor.fetchone()
    return before[:2]
