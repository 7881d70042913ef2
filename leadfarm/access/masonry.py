"""BuildWalls: the migration operation that turns tables into walled ones.

For every table with a workspace: PRIMARY KEY (workspace_id, id), composite foreign keys, forced
row-level security with one policy for the web role, one for the worker and a restrictive one for
outside firms, and the grants. Tables on the threshold (workspaces, members, invitations) can be
read before a workspace is entered, because they say who may enter; they are written from inside.
Safe to run again: it drops what it made and makes it anew.

Where the server lets nobody make roles, there are keys but no policies, and `doctor` says so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from leadfarm.access.forgetting import forgetting
from leadfarm.access.setwise import set_keys
from leadfarm.access.walls import emptied

INSIDE = "(SELECT nullif(current_setting('leadfarm.workspace', true), '')::integer)"
HERE = f"workspace_id = {INSIDE}"
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
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
    emptied: "SET NULL ({column})",
}


class BuildWalls(Operation):
    """Wall in every table of the app that has a workspace; `threshold` tables are readable outside.

    A threshold table is named with the column that holds its workspace.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, threshold: Mapping[str, str] = MappingProxyType({})) -> None:
        self.threshold = dict(threshold)

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
        statements = [line for model in walled for line in primary_key(model)]
        statements += [line for model in walled for line in composite_keys(model)]
        roles = has_roles(schema_editor.connection)
        if roles:
            statements += [
                line
                for model in walled
                if model._meta.db_table not in self.threshold
                for line in locks(model)
            ]
            for table, column in self.threshold.items():
                statements += threshold_locks(table, column)
        for model in walled:
            statements += set_keys(model, by_set(model), _trait(model, "moved_by_set", ()), roles)
            statements += forgetting(model._meta.db_table, _trait(model, "forgets", {}), roles)
        for statement in statements:
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


def by_set(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of the keys that triggers keep instead (setwise.py)."""
    return tuple(_trait(model, "checked_by_set", ()))


def composite_keys(model: type[models.Model]) -> list[str]:
    """Return the statements for foreign keys that cannot cross a wall.

    The key to the workspace itself is made only where no other key of the row implies it: it
    would cost every touch a second look.
    """
    keys, others = walled_keys(model), by_set(model)
    made = [line for k in keys if k.name not in others for line in _composite_key(model, k)]
    if all(key.null for key in keys) and "workspace" not in others:
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


def has_roles(connection: BaseDatabaseWrapper) -> bool:
    """Return whether web and worker log in as roles of their own, as policies and grants need."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) = 2 FROM pg_roles"
            " WHERE rolname IN ('leadfarm_web', 'leadfarm_worker') AND rolname <> current_user"
        )
        return bool(cursor.fetchone()[0])


def locks(model: type[models.Model]) -> list[str]:
    """Return the statements for policies and grants of one table behind the wall."""
    table = model._meta.db_table
    append_only = _trait(model, "append_only", False)
    statements = _grants(table, "SELECT, INSERT" if append_only else EVERYTHING)
    statements += _policies(
        table,
        f"inside ON {table} TO leadfarm_web USING ({HERE}) WITH CHECK ({HERE})",
    )
    sees = _trait(model, "firm_sees", "")
    if sees:
        rule = f"({NO_FIRM} OR {FIRM_SEES.get(sees, sees).format(table=table, firm=FIRM)})"
        statements += _policies(
            table, f"firm ON {table} AS RESTRICTIVE TO leadfarm_web USING ({rule})"
        )
    return statements


def threshold_locks(table: str, column: str) -> list[str]:
    """Return the statements for a table that is read before a workspace is entered.

    A workspace may be made from outside; a place in one is given and changed from inside it only,
    and never by an outside firm, whose people may change their own lines. Its row stays for good.
    """
    here = f"{column} = {INSIDE}"
    made = "true" if column == "id" else f"({here} AND {NO_FIRM})"
    changed = (
        f"({here} AND ({NO_FIRM} OR firm_id = {FIRM}))"
        if table == "access_member"
        else (f"({here} AND {NO_FIRM})")
    )
    return [
        *_grants(table, "SELECT, INSERT, UPDATE" if table == "access_member" else EVERYTHING),
        *_policies(
            table,
            f"known ON {table} FOR SELECT TO leadfarm_web USING (true)",
            f"made ON {table} FOR INSERT TO leadfarm_web WITH CHECK ({made})",
            f"changed ON {table} FOR UPDATE TO leadfarm_web USING {changed}",
            f"removed ON {table} FOR DELETE TO leadfarm_web USING ({here} AND {NO_FIRM})",
        ),
    ]


def _grants(table: str, rights: str) -> list[str]:
    roles = "leadfarm_web, leadfarm_worker"
    return [f"REVOKE ALL ON {table} FROM {roles}", f"GRANT {rights} ON {table} TO {roles}"]


def _policies(table: str, *policies: str) -> list[str]:
    """Return the statements that make these policies, and the worker's, and force them."""
    worker = f"worker ON {table} TO leadfarm_worker USING (true) WITH CHECK (true)"
    made = [f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY" for verb in ("ENABLE", "FORCE")]
    for policy in (worker, *policies):
        name = policy.split()[0]
        made += [f"DROP POLICY IF EXISTS {name} ON {table}", f"CREATE POLICY {policy}"]
    return made


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

    if not has_roles(connections["owner"]):
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute(OPEN_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO leadfarm_web, leadfarm_worker"
            )
        cursor.execute(
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO leadfarm_web, leadfarm_worker"
        )
        # Backups are read as the worker: walls hide every row even from the owner.
        cursor.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO leadfarm_worker")
        cursor.execute("GRANT SELECT ON django_migrations TO leadfarm_worker")
