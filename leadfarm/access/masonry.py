"""BuildWalls: the migration operation that turns tables into walled ones.

For every table with a workspace: PRIMARY KEY (workspace_id, id), composite foreign keys, forced
row-level security with one policy for the web role, one for the worker and a restrictive one for
outside firms, and the grants. Safe to run again: it drops what it made and makes it anew.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

HERE = "workspace_id = (SELECT nullif(current_setting('leadfarm.workspace', true), '')::integer)"
NO_FIRM = "(SELECT nullif(current_setting('leadfarm.firm', true), '') IS NULL)"
FIRM = "(SELECT nullif(current_setting('leadfarm.firm', true), '')::bigint)"
FIRM_SEES = {
    "lead": "EXISTS (SELECT FROM leads_lead seen WHERE seen.workspace_id = {table}.workspace_id"
    " AND seen.id = {table}.lead_id AND seen.firm_id = " + FIRM + ")",
    "nothing": "false",
}
ON_DELETE: dict[Any, str] = {
    models.CASCADE: "CASCADE",
    models.SET_NULL: "SET NULL ({column})",
    models.PROTECT: "NO ACTION",
    models.RESTRICT: "NO ACTION",
    models.DO_NOTHING: "NO ACTION",
}


class BuildWalls(Operation):
    """Wall in every table of the app that has a workspace; `open_tables` skip the policies."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, open_tables: tuple[str, ...] = ()) -> None:
        self.open_tables = open_tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave Django's picture of the tables as it is."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Build the walls of every table of the app."""
        walled = walled_models(to_state.apps, app_label)
        for model in walled:
            for statement in primary_key(model) + locks(model, self.open_tables):
                schema_editor.execute(statement)
        for model in walled:
            for statement in composite_keys(model):
                schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Do nothing: the tables go, and their walls with them."""

    def describe(self) -> str:
        """Return what a person reads while it runs."""
        return "Build the walls between workspaces"


def walled_models(apps: Apps, app_label: str) -> list[type[models.Model]]:
    """Return the app's models that have a workspace column."""
    found = apps.get_app_config(app_label).get_models()
    return [m for m in found if any(f.attname == "workspace_id" for f in m._meta.concrete_fields)]


def key_column(model: type[models.Model]) -> str:
    """Return the column that makes a row unique inside its workspace; "" for a composite key."""
    key = model._meta.pk
    return "" if isinstance(key, models.CompositePrimaryKey) else str(key.column)


def primary_key(model: type[models.Model]) -> list[str]:
    """Return the statements that make the primary key begin with the workspace."""
    table, key = model._meta.db_table, key_column(model)
    if not key:
        return []
    return [
        f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{table}_pkey" CASCADE',
        f'ALTER TABLE "{table}" ADD PRIMARY KEY (workspace_id, "{key}")',
    ]


def walled_keys(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """Return the keys of a model that must stay inside the workspace."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [
        k for k in keys if not getattr(k, "db_constraint", True) and k.attname != "workspace_id"
    ]


def composite_keys(model: type[models.Model]) -> list[str]:
    """Return the statements for foreign keys that cannot cross a wall.

    The key to the workspace itself is made only where no other key of the row implies it: it
    would cost every touch a second look.
    """
    keys = walled_keys(model)
    made = [statement for key in keys for statement in _composite_key(model, key)]
    if all(key.null for key in keys):
        table = model._meta.db_table
        made += _foreign_key(table, "workspace_id", "access_workspace", "id", "CASCADE")
    return made


def _composite_key(model: type[models.Model], key: "models.ForeignKey[Any, Any]") -> list[str]:
    target = key.remote_field.model._meta
    then = ON_DELETE[key.remote_field.on_delete].format(column=f'"{key.column}"')
    ours, theirs = f'workspace_id, "{key.column}"', f'workspace_id, "{target.pk.column}"'
    return _foreign_key(model._meta.db_table, ours, target.db_table, theirs, then)


def _foreign_key(table: str, ours: str, target: str, theirs: str, then: str) -> list[str]:
    column = ours.split(",")[-1].strip(' "')
    name = f"{table}_{column}_stays_inside"[:63]
    return [
        f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ({ours})'
        f' REFERENCES "{target}" ({theirs}) ON DELETE {then}',
    ]


def locks(model: type[models.Model], open_tables: tuple[str, ...]) -> list[str]:
    """Return the statements for policies and grants of one table."""
    table = model._meta.db_table
    written = "SELECT, INSERT" if _trait(model, "append_only", False) else None
    grant = written or "SELECT, INSERT, UPDATE, DELETE"
    statements = [f'GRANT {grant} ON "{table}" TO leadfarm_web, leadfarm_worker']
    if table in open_tables:
        return statements
    for policy in ("inside", "worker", "firm"):
        statements.append(f'DROP POLICY IF EXISTS "{policy}" ON "{table}"')
    statements += [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY inside ON "{table}" TO leadfarm_web USING ({HERE}) WITH CHECK ({HERE})',
        f'CREATE POLICY worker ON "{table}" TO leadfarm_worker USING (true) WITH CHECK (true)',
    ]
    sees = _trait(model, "firm_sees", "")
    if sees:
        rule = f"({NO_FIRM} OR {FIRM_SEES.get(sees, sees).format(table=table, firm=FIRM)})"
        statements.append(
            f'CREATE POLICY firm ON "{table}" AS RESTRICTIVE TO leadfarm_web USING ({rule})'
        )
    return statements


def _trait(model: type[models.Model], name: str, otherwise: Any) -> Any:
    """Return a trait of the real model: migration states carry columns only."""
    from django.apps import apps

    try:
        real = apps.get_model(model._meta.app_label, model._meta.model_name or "")
    except LookupError:  # a table that a later migration drops
        return otherwise
    return getattr(real, name, otherwise)


OPEN_TABLES = """
SELECT quote_ident(relname) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
   AND relname <> 'django_migrations'
"""


def grant_open_tables(**_signal: Any) -> None:
    """Let the web and worker roles use the tables outside the walls: sign-in, sessions, jobs.

    Run after every migration, as the owner.
    """
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(OPEN_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO leadfarm_web, leadfarm_worker"
            )
        cursor.execute(
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO leadfarm_web, leadfarm_worker"
        )
