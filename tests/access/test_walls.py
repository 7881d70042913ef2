"""Law 9: workspaces are walls, kept by the database. These tests try to break them there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    ProgrammingError,
    connection,
    models,
    transaction,
)

from leadfarm.access.models import Member, Team, Workspace
from leadfarm.access.walls import stream_within, within
from leadfarm.engine.database import acting_as
from leadfarm.rules.codes import Role, Side
from tests.access.everything import NOW, Made, behind_the_wall, make_everything, walkable

pytestmark = pytest.mark.usefixtures("database")
TABLES = [pytest.param(model, id=model._meta.db_table) for model in behind_the_wall()]
APPEND_ONLY = [table for table in TABLES if table.values[0].append_only]  # type: ignore[union-attr]


@dataclass
class Neighbours:
    """Two workspaces, one row of everything in each; in ours a second set worked by a firm."""

    ours: Workspace
    theirs: Workspace
    firm: Team
    rows: Made
    firms: Made
    foreign: Made


@pytest.fixture(scope="module")
def neighbours(database: str) -> Neighbours:
    ours, theirs = (
        Workspace.objects.create(
            slug=f"{name}-{secrets.token_hex(4)}",
            name=name,
            created_at=NOW,
            went_live_at=NOW,
            is_demo=True,  # only a demo has every table
        )
        for name in ("ours", "theirs")
    )
    with within(theirs):
        foreign = make_everything(theirs)
    with within(ours):
        rows = make_everything(ours)
        firm = Team.objects.create(workspace=ours, name="Rivet", side=Side.PD, is_firm=True)
        firms = make_everything(ours, firm=firm)
    return Neighbours(ours, theirs, firm, rows, firms, foreign)


@pytest.fixture
def inside(neighbours: Neighbours) -> Iterator[Neighbours]:
    with within(neighbours.ours):
        yield neighbours


def all_of(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._base_manager.all()


def run(statement: str, *values: Any) -> int:
    """Return how many rows the statement changed, or found."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def where(row: models.Model) -> tuple[str, list[Any]]:
    """Return the condition that names exactly this row, its workspace included."""
    key = row._meta.pk
    if isinstance(key, models.CompositePrimaryKey):
        columns = [field.column for field in key.fields]
        return " AND ".join(f"{column} = %s" for column in columns), list(row.pk)
    return f"workspace_id = %s AND {key.column} = %s", [row.workspace_id, row.pk]  # type: ignore[attr-defined]


def test_the_web_is_neither_superuser_nor_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole,"
            " EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("leadfarm_web", False, False, False, False)


@pytest.mark.parametrize("model", TABLES)
def test_without_a_workspace_nothing_is_there(
    neighbours: Neighbours, model: type[models.Model]
) -> None:
    assert all_of(model).count() == 0


@pytest.mark.parametrize("model", TABLES)
def test_a_forgotten_filter_returns_only_our_own(
    inside: Neighbours, model: type[models.Model]
) -> None:
    found = {row.workspace_id for row in all_of(model)}  # type: ignore[attr-defined]
    assert found == {inside.ours.pk}


@pytest.mark.parametrize("model", walkable(), ids=lambda m: m._meta.db_table)
def test_a_foreign_row_cannot_be_changed_or_removed(
    inside: Neighbours, model: type[models.Model]
) -> None:
    condition, values = where(inside.foreign[model])
    table = model._meta.db_table
    if getattr(model, "append_only", False):
        return
    assert run(f"UPDATE {table} SET workspace_id = workspace_id WHERE {condition}", *values) == 0
    if not getattr(model, "is_kept", False):  # of those, nobody may delete even their own
        assert run(f"DELETE FROM {table} WHERE {condition}", *values) == 0


@pytest.mark.parametrize("model", walkable(), ids=lambda m: m._meta.db_table)
def test_a_row_cannot_be_written_into_another_workspace(
    inside: Neighbours, model: type[models.Model]
) -> None:
    columns = [field.column for field in model._meta.concrete_fields if field.column]
    copied = ", ".join("%s" if name == "workspace_id" else f'"{name}"' for name in columns)
    quoted = ", ".join(f'"{name}"' for name in columns)
    condition, values = where(inside.rows[model])
    statement = (
        f"INSERT INTO {model._meta.db_table} ({quoted}) OVERRIDING SYSTEM VALUE"
        f" SELECT {copied} FROM {model._meta.db_table} WHERE {condition}"
    )
    with pytest.raises(ProgrammingError, match="row-level security"):
        run(statement, inside.theirs.pk, *values)


KEYS = [
    pytest.param(model, field, id=f"{model._meta.db_table}.{field.column}")
    for model in walkable()
    for field in model._meta.concrete_fields
    if isinstance(field, models.ForeignKey) and field.remote_field.model in walkable()
]


@pytest.mark.parametrize(("model", "field"), KEYS)
def test_a_row_cannot_point_into_another_workspace(
    neighbours: Neighbours, model: type[models.Model], field: models.ForeignKey[Any, Any]
) -> None:
    """The worker sees every workspace; even it cannot make a row point across."""
    target = neighbours.foreign[field.remote_field.model]
    with connection_of_the_owner() as cursor:
        condition, values = where(neighbours.rows[model])
        change = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE {condition}"
        with pytest.raises(IntegrityError, match=r"foreign key|check constraint"):
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change}", [target.pk, *values])


class connection_of_the_owner:  # noqa: N801
    """The worker's cursor with the right to change history, for one rolled-back statement."""

    def __enter__(self) -> Any:
        from django.db import connections

        self.atomic = transaction.atomic("owner")
        self.atomic.__enter__()
        self.cursor = connections["owner"].cursor()
        for model in walkable():
            self.cursor.execute(f"ALTER TABLE {model._meta.db_table} NO FORCE ROW LEVEL SECURITY")
        return self.cursor

    def __exit__(self, *_: Any) -> None:
        transaction.set_rollback(True, "owner")
        self.cursor.close()
        self.atomic.__exit__(None, None, None)


@pytest.mark.parametrize("model", APPEND_ONLY)
@pytest.mark.parametrize("role", ["web", "worker"])
def test_what_happened_is_never_changed(
    neighbours: Neighbours, model: type[models.Model], role: Any
) -> None:
    """Law 5: append-only tables refuse UPDATE and DELETE."""
    condition, values = where(neighbours.rows[model])
    table = model._meta.db_table
    with acting_as(role), within(neighbours.ours):
        for statement in (
            f"UPDATE {table} SET workspace_id = workspace_id",
            f"DELETE FROM {table}",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"{statement} WHERE {condition}", *values)


# What an outside firm may read whole: it names no prospect and no figure of the company.
FIRM_READS_WHOLE = {
    "consent_purposerule",  # what the company decided about a purpose binds the firm too
    # It works under the agreement, and reads on its leads why they fit.
    "qualification_definition",
    "qualification_signature",
    "qualification_fitrule",
    "outreach_sender",
    "outreach_template",
    "outreach_templateversion",
    "outreach_link",
}


@pytest.mark.parametrize("model", TABLES)
def test_a_firm_sees_only_what_hangs_on_its_leads(neighbours: Neighbours, model: type[Any]) -> None:
    """S0-14. A new table must say how a firm sees it (`firm_sees`)."""
    if model._meta.db_table in FIRM_READS_WHOLE:
        return
    assert model.firm_sees, f"Say in {model.__name__}.firm_sees how an outside firm sees it."
    with within(neighbours.ours, firm=neighbours.firm.pk):
        seen = {row.pk for row in all_of(model)}
        assert all_of(model).count() == len(seen)
    allowed = {neighbours.firms[model].pk}
    if model is Team:
        allowed = {neighbours.firm.pk}
    assert seen <= allowed
    if model.firm_sees == "lead":
        assert seen == allowed


def test_a_firm_cannot_take_a_lead_or_give_one_away(neighbours: Neighbours) -> None:
    from leadfarm.leads.models import Lead

    theirs, others = neighbours.firms[Lead].pk, neighbours.rows[Lead].pk
    change = "UPDATE leads_lead SET firm_id = %s WHERE id = %s"
    with within(neighbours.ours, firm=neighbours.firm.pk):
        assert run(change, neighbours.firm.pk, others) == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(change, None, theirs)


def test_a_firm_cannot_make_members_or_raise_itself(neighbours: Neighbours) -> None:
    with within(neighbours.ours, firm=neighbours.firm.pk):
        someone = neighbours.rows[Member].pk
        assert run("UPDATE access_member SET role = 5 WHERE id = %s", someone) == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run("DELETE FROM access_member WHERE id = %s", someone)
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(
                "INSERT INTO access_member (workspace_id, user_id, role, name, time_zone,"
                " joined_at) VALUES (%s, %s, %s, 'Mole', '', now())",
                neighbours.ours.pk,
                neighbours.foreign[Member].user_id,  # type: ignore[attr-defined]
                Role.ADMIN,
            )


def test_a_place_is_given_from_inside_only(neighbours: Neighbours) -> None:
    assert run("UPDATE access_member SET role = 5 WHERE workspace_id = %s", neighbours.ours.pk) == 0
    assert run("UPDATE access_workspace SET name = 'Mine' WHERE id = %s", neighbours.ours.pk) == 0
    with within(neighbours.theirs):
        assert run("DELETE FROM access_workspace WHERE id = %s", neighbours.ours.pk) == 0


def test_leaving_puts_the_wall_back(neighbours: Neighbours) -> None:
    from leadfarm.leads.models import Lead

    with within(neighbours.ours):
        with within(neighbours.theirs, firm=1):
            assert Lead.objects.count() == 0
        assert Lead.objects.count() == 2
        with pytest.raises(DatabaseError), within(neighbours.theirs):
            run("SELECT nothing_of_this_name")
        assert Lead.objects.count() == 2
    assert Lead.objects.count() == 0


def test_a_stream_is_made_inside(neighbours: Neighbours) -> None:
    from leadfarm.leads.models import Lead

    def rows() -> Iterator[int]:
        yield from Lead.objects.values_list("id", flat=True).order_by("id")

    assert len(list(stream_within(neighbours.ours, rows()))) == 2
    assert len(list(stream_within(neighbours.ours, rows(), neighbours.firm.pk))) == 1
    half = stream_within(neighbours.ours, rows())
    next(half)
    half.close()
    assert Lead.objects.count() == 0
