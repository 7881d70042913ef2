"""Django's `migrate`, with the models of the past made once for many tables instead of for each.

A migration that makes a table makes all models anew that are tied to it, and ours are all tied to
the workspace: an empty database spent three quarters of its first start on that.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What may see the others of its kind before they are there: neither reads nor writes rows.
TABLES, PARTS = (CreateModel,), (AddField, AddIndex, AddConstraint)


class Together(Operation):
    """Operations that follow one another, as one: first the state of all, then all tables."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell the state of all; its models are made when the first table asks for them."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make all of the tables or parts, in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)


def together(operations: Sequence[Operation]) -> list[Operation]:
    """Return the operations with runs of tables, and of parts of tables, as one each."""
    found: list[Operation] = []
    for kind, run in groupby(operations, _kind):
        several = list(run)
        found += [Together(several)] if kind and len(several) > 1 else several
    return found


def _kind(operation: Operation) -> int:
    return 1 if type(operation) in TABLES else 2 if type(operation) in PARTS else 0


class QuickExecutor(MigrationExecutor):
    """Runs the same migrations in the same order."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        for migration in self.loader.graph.nodes.values():
            migration.operations = together(migration.operations)


class Command(migrate.Command):
    """Replaces the command of the same name."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate by our executor: Django has no other place to name one."""
        migrate.MigrationExecutor = QuickExecutor  # type: ignore[attr-defined]
        super().handle(*args, **options)
