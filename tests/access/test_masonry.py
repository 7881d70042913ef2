"""The models against the catalogue of the database: what BuildWalls was to make is there.

Grows by itself: every table with a workspace, of every room, is looked at.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction

from leadfarm.access.walls import Walled
from leadfarm.leads.models import StageChange
from tests.access.everything import THRESHOLD, every_walled_model
from tests.world import World

pytestmark = pytest.mark.usefixtures("database")
MODELS = [pytest.param(model, id=model._meta.db_table) for model in every_walled_model()]
# Found by a word that is no secret of a workspace, before the workspace is known.
FOUND_BY = {
    "access_invitation_secret_hash_key",
    "a_form_has_an_address_of_its_own",
    "a_website_has_a_key_of_its_own",
}
# Undoing an import takes rows back as the owner, by one function; nobody who acts may.
OWNERS = "take_back"


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def by_set(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(getattr(model, "checked_by_set", ()))


@cache
def keys(table: str) -> dict[str, list[tuple[list[str], str, list[str]]]]:
    """Return the table's constraints by type (p, f, u): columns, target, target's columns."""
    found: dict[str, list[tuple[list[str], str, list[str]]]] = {"p": [], "f": [], "u": []}
    query = """
        SELECT contype, confrelid::regclass::text,
               ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (n, i)
                       JOIN pg_attribute ON attrelid = conrelid AND attnum = k.n ORDER BY i),
               ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k (n, i)
                       JOIN pg_attribute ON attrelid = confrelid AND attnum = k.n ORDER BY i)
          FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'f', 'u')
           AND convalidated
    """
    for kind, target, ours, theirs in rows(query, table):
        found[kind].append((ours, target, theirs))
    return found


@pytest.mark.parametrize("model", MODELS)
def test_the_primary_key_begins_with_the_workspace(model: type[models.Model]) -> None:
    ((columns, _, _),) = keys(model._meta.db_table)["p"]
    assert columns[0] == "workspace_id"
    if not isinstance(model._meta.pk, models.CompositePrimaryKey):
        assert columns == ["workspace_id", model._meta.pk.column]


@pytest.mark.parametrize("model", MODELS)
def test_every_key_to_a_walled_table_carries_the_workspace(model: type[models.Model]) -> None:
    made = keys(model._meta.db_table)["f"]
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.name in by_set(model):
            continue
        target = field.remote_field.model
        if target not in every_walled_model():
            continue
        ours, theirs = ["workspace_id", field.column], ["workspace_id", target._meta.pk.column]
        assert (ours, target._meta.db_table, theirs) in made, f"{field} may point across"
        single = [columns for columns, _, _ in made if columns == [field.column]]
        assert not single, f"{field} has a key without the workspace too"


@pytest.mark.parametrize("model", MODELS)
def test_a_row_goes_with_its_workspace(model: type[models.Model]) -> None:
    """Directly, or through a row that cannot be missing."""
    made = keys(model._meta.db_table)["f"]
    nullable = {f.column for f in model._meta.concrete_fields if f.null}
    direct = any(target == "access_workspace" for _, target, _ in made)
    direct = direct or "workspace" in by_set(model)
    through = any(columns[-1] not in nullable and len(columns) == 2 for columns, _, _ in made)
    through = through or any(not model._meta.get_field(name).null for name in by_set(model))
    assert direct or through


@pytest.mark.parametrize("model", MODELS)
def test_keys_kept_by_set_have_their_triggers(model: type[models.Model]) -> None:
    """One that looks on insert and update, and one where what is pointed to goes."""
    query = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'"
    table = model._meta.db_table
    for name in by_set(model):
        field = model._meta.get_field(name)
        assert isinstance(field, models.ForeignKey)
        own = {row[0] for row in rows(query, table)}
        moved = name in model.moved_by_set  # type: ignore[attr-defined]
        anew = "stays_inside_on_update" if moved else f"{table}_{field.column}_stays_inside_anew"
        assert {"stays_inside_on_insert", anew} <= own
        theirs = {row[0] for row in rows(query, field.remote_field.model._meta.db_table)}
        assert f"{table}_{field.column}_stays_inside" in theirs


@pytest.mark.parametrize("model", MODELS)
def test_unique_keys_begin_with_the_workspace(model: type[models.Model]) -> None:
    query = """
        SELECT indexrelid::regclass::text, attname FROM pg_index
          JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
         WHERE indrelid = %s::regclass AND indisunique
    """
    first = dict(rows(query, model._meta.db_table))
    assert {c for name, c in first.items() if name not in FOUND_BY} == {"workspace_id"}


@pytest.mark.parametrize("model", MODELS)
def test_the_wall_stands_and_is_forced(model: type[models.Model]) -> None:
    query = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert rows(query, model._meta.db_table) == [(True, True)]


@pytest.mark.parametrize("model", MODELS)
def test_the_policies_are_those_the_model_asks_for(model: type[models.Model]) -> None:
    query = """
        SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies
         WHERE schemaname = 'public' AND tablename = %s
    """
    found = {row[0]: row[1:] for row in rows(query, model._meta.db_table)}
    taken_back = found.pop(OWNERS, None)
    assert taken_back is None or not {"web", "worker", "public"} & set(
        taken_back[1].strip("{}").replace("leadfarm_", "").split(",")
    )
    forget = found.pop("forget", None)
    assert (forget is not None) == bool(getattr(model, "forgets", {}))
    let_go = found.pop("let_go", None)
    assert (let_go is not None) == bool(by_set(model))
    ((owner,),) = rows(
        "SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = %s",
        model._meta.db_table,
    )
    assert owner not in {"leadfarm_web", "leadfarm_worker"}
    assert forget is None or forget[1] == f"{{{owner}}}", "only who owns the table, and only then"
    assert let_go is None or let_go[1:4:2] == (f"{{{owner}}}", "(pg_trigger_depth() > 0)")
    assert found["worker"] == ("PERMISSIVE", "{leadfarm_worker}", "ALL", "true", "true")
    if model._meta.db_table in THRESHOLD:
        assert set(found) == {"worker", "known", "made", "changed", "removed"}
        return
    assert issubclass(model, Walled)
    permissive, roles, cmd, sees, writes = found["inside"]
    assert (permissive, roles, cmd) == ("PERMISSIVE", "{leadfarm_web}", "ALL")
    assert "current_setting('leadfarm.workspace'" in sees
    assert sees == writes
    firms = {"firm"} if model.firm_sees else set()
    assert set(found) == {"worker", "inside"} | firms
    if firms:
        assert found["firm"][:3] == ("RESTRICTIVE", "{leadfarm_web}", "ALL")


@pytest.mark.parametrize("model", MODELS)
def test_the_grants_are_those_the_model_asks_for(model: type[models.Model]) -> None:
    query = """
        SELECT grantee::regrole::text, string_agg(privilege_type, ',' ORDER BY privilege_type)
          FROM pg_class, aclexplode(relacl)
         WHERE oid = %s::regclass AND grantee <> relowner GROUP BY 1
    """
    wanted = "DELETE,INSERT,SELECT,UPDATE"
    if getattr(model, "append_only", False):
        wanted = "INSERT,SELECT"
    elif getattr(model, "is_kept", False):
        wanted = "INSERT,SELECT,UPDATE"
    expected = {"leadfarm_web": wanted, "leadfarm_worker": wanted}
    assert dict(rows(query, model._meta.db_table)) == expected


def test_no_table_with_a_workspace_stands_outside() -> None:
    """Tables that no model knows are found too."""
    query = """
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm')
           AND attname = 'workspace_id' AND NOT relrowsecurity
    """
    assert rows(query) == []


def test_history_forgets_named_columns_only_and_only_for_the_worker(world: World) -> None:
    """Law 5: what is append-only changes by one function, to what the model says."""
    with world.inside():
        lead = world.captures()
        change = StageChange.objects.of(world.workspace).get(lead=lead)
        for statement in (
            "SELECT leads_stagechange_forget(%s, %s)",
            "UPDATE leads_stagechange SET because = 'x' WHERE workspace_id = %s AND id = ANY(%s)",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement, world.workspace.id, [change.id])
    with world.as_worker(), transaction.atomic():
        forget = "SELECT leads_stagechange_forget(%s, %s)"
        assert rows(forget, world.workspace.id, [change.id]) == [(1,)]
        assert rows(forget, world.workspace.id + 1, [change.id]) == [(0,)]
    with world.inside():
        after = StageChange.objects.of(world.workspace).get(lead=lead)
        assert after.because == "Erased on request"
        change.because = after.because
        assert vars(after) | {"_state": None} == vars(change) | {"_state": None}
