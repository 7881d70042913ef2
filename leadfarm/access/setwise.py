"""Keys that are looked up once a statement, for tables that get rows by the ten thousand.

A foreign key asks about each row by itself: nine of them took two thirds of the time of writing a
message. A model that names a key in `checked_by_set` gets the same promise from triggers with
transition tables: every row points to a row of its own workspace, which stays while it is pointed
to, and what the key's on_delete says is done when it goes.
"""

from typing import Any

from django.db import models

Key = models.ForeignKey[Any, Any]

# What this transaction has written itself need not be held: nobody else sees it yet, and whoever
# deletes it in here meets the deed below.
LOOK = """
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT workspace_id, {ours} AS id FROM {rows}) asked
          LEFT JOIN LATERAL (
            SELECT true AS own FROM {target} parent
             WHERE {inside} AND parent.{theirs} = asked.id AND parent.xmin = me
             LIMIT 1) mine ON true
          LEFT JOIN LATERAL (
            SELECT true AS there FROM {target} parent
             WHERE mine.own IS NULL AND {inside} AND parent.{theirs} = asked.id
             LIMIT 1 {lock}) found ON true
         WHERE asked.id IS NOT NULL AND mine.own IS NULL AND found.there IS NULL) THEN
        {refuse}
    END IF;"""
REFUSED = """RAISE foreign_key_violation USING TABLE = '{table}', CONSTRAINT = '{name}',
              MESSAGE = 'foreign key {name}: {table} points to no row of {target}';"""
# What a row pointed to before needs no second look: a heat or a next step changes no key, and the
# owner, who empties a key for what goes, sees nothing of what the others point to.
CHANGED = """(SELECT new_row.* FROM new_rows new_row LEFT JOIN old_rows old_row ON {same_row}
                WHERE old_row.{ours} IS DISTINCT FROM new_row.{ours}) changed"""
CHECK = """
CREATE OR REPLACE FUNCTION {table}_stays_inside_on_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE me CONSTANT xid := pg_current_xact_id()::xid;
BEGIN{looks}
    RETURN NULL;
END $$"""
CHECKED = """
CREATE OR REPLACE TRIGGER stays_inside_on_{verb} AFTER {verb} ON {table}
    REFERENCING {told} FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays_inside_on_{verb}()"""
# A key that seldom changes is looked up by the row, only where it has changed: then an update of
# anything else costs nothing.
SINGLE = """
CREATE OR REPLACE FUNCTION {name}_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM {target} parent WHERE {inside_anew} AND parent.{theirs} = NEW.{ours} {lock};
    IF NOT FOUND THEN
        {refuse}
    END IF;
    RETURN NULL;
END $$"""
SINGLED = """
CREATE OR REPLACE TRIGGER {name}_anew AFTER UPDATE ON {table} FOR EACH ROW
    WHEN (NEW.{ours} IS NOT NULL AND (NEW.workspace_id, NEW.{ours})
          IS DISTINCT FROM (OLD.workspace_id, OLD.{ours})) EXECUTE FUNCTION {name}_anew()"""
TOLD = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}
# Runs as the owner, as the deed of a foreign key does: who deletes the one may not see the other.
GO = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    {deed}
    RETURN NULL;
END $$"""
GONE = """
CREATE OR REPLACE TRIGGER {name} AFTER DELETE ON {target}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""
MINE = "{here} AND child.{ours} = gone.{theirs}"
REFUSE = """IF EXISTS (SELECT FROM {table} child JOIN old_rows gone ON {mine}) THEN
        RAISE foreign_key_violation USING TABLE = '{target}', CONSTRAINT = '{name}',
              MESSAGE = 'foreign key {name}: {table} still points to a row of {target}';
    END IF;"""
# EXECUTE: planned anew, because one goes by itself or a hundred thousand at once.
DEEDS: dict[Any, str] = {
    models.CASCADE: "EXECUTE 'DELETE FROM {table} child USING old_rows gone WHERE {mine}';",
    models.SET_NULL: "EXECUTE"
    " 'UPDATE {table} child SET {ours} = NULL FROM old_rows gone WHERE {mine}';",
    models.PROTECT: REFUSE,
    models.DO_NOTHING: REFUSE,
}


def set_keys(
    model: type[models.Model], names: tuple[str, ...], moving: tuple[str, ...], roles: bool
) -> list[str]:
    """Return the statements that keep these keys of a model by set.

    `moving` names those that many rows change at once; the others are looked up by the row then.
    """
    if not names:
        return []
    table = model._meta.db_table
    terms = {name: _terms(model, name) for name in names}
    made = _looks(table, "insert", list(terms.values()))
    made += _looks(table, "update", [terms[name] for name in moving])
    for name, term in terms.items():
        if name not in moving:
            made += [SINGLE.format(**term), SINGLED.format(**term)]
        deed = DEEDS[term["then"]].format(**term)
        made += [f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{term["name"]}"']
        made += [GO.format(deed=deed, **term), GONE.format(**term)]
    if roles:
        # The owner is behind the wall too, but for what goes with what it points to.
        made += [
            f"DROP POLICY IF EXISTS let_go ON {table}",
            f"CREATE POLICY let_go ON {table} TO CURRENT_USER USING (pg_trigger_depth() > 0)",
        ]
    return made


def _looks(table: str, verb: str, terms: list[dict[str, Any]]) -> list[str]:
    """Return the statements that look rows up when they come or change."""
    if not terms:
        return []
    looks = [
        LOOK.format(rows=CHANGED.format(**term) if verb == "update" else "new_rows", **term)
        for term in terms
    ]
    return [
        CHECK.format(table=table, verb=verb, looks="".join(looks)),
        CHECKED.format(table=table, verb=verb, told=TOLD[verb]),
    ]


def _terms(model: type[models.Model], name: str) -> dict[str, Any]:
    """Return what the texts above ask for about one key."""
    key = model._meta.get_field(name)
    assert isinstance(key, models.ForeignKey)
    table, target = model._meta.db_table, key.remote_field.model._meta
    is_home = key.column == "workspace_id"
    ours, theirs = key.column, target.pk.column
    name = f"{table}_{ours}_stays_inside"[:58]
    told = {"table": table, "target": target.db_table, "ours": ours, "theirs": theirs, "name": name}
    here = "true" if is_home else "child.workspace_id = gone.workspace_id"
    return told | {
        "inside": "true" if is_home else "parent.workspace_id = asked.workspace_id",
        "inside_anew": "true" if is_home else "parent.workspace_id = NEW.workspace_id",
        "mine": MINE.format(here=here, ours=ours, theirs=theirs),
        "lock": "" if is_home or _stays(target) else "FOR KEY SHARE",
        "refuse": REFUSED.format(**told),
        "then": key.remote_field.on_delete,
        "same_row": " AND ".join(
            f"old_row.{column} = new_row.{column}"
            for column in sorted({"workspace_id", *(str(f.column) for f in model._meta.pk_fields)})
        ),
    }


def _stays(target: Any) -> bool:
    """Whether nobody who acts may delete rows of this table, so that none need be held."""
    from django.apps import apps

    real = apps.get_model(target.app_label, target.model_name)
    return bool(getattr(real, "append_only", False) or getattr(real, "is_kept", False))
