"""The two voices agree: generated clauses over generated leads, Python against a real PostgreSQL.

Unknown facts, groups, negation, both edges of every window, now and as of a past moment
(DESIGN 6, law 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg import sql as composed

from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    FieldTest,
    Group,
    Moment,
    census,
    criteria_columns,
    evaluate,
    leaves,
    sql,
    truth_of,
)
from leadfarm.rules.codes import FindingSection
from tests.rules.clauses.reading import facts_of
from tests.rules.clauses.worlds import CLAUSES, NOW, World, worlds

Connection = psycopg.Connection[tuple[Any, ...]]
TABLES = (
    "lead",
    "standing",
    "account",
    "contact",
    "touch",
    "personaltext",
    "finding",
    "stagechange",
    "groupmember",
)
WORKSPACE, STRANGER = 7, 8
PEOPLE = FindingSection.PEOPLE
NONE = FieldTest("contradictions", "is", 0)
FROM = (
    " FROM leads_lead lead JOIN leads_standing standing"
    " ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id"
    " WHERE lead.workspace_id = 7"
)
MOMENTS = st.sampled_from(
    [
        Moment(NOW),
        Moment(NOW, live=False),
        Moment(NOW - timedelta(days=1), live=False),
        Moment(NOW - timedelta(days=30), live=False),
    ]
)


@pytest.fixture(scope="module")
def connection(database: str) -> Iterator[Connection]:
    """Private copies of the record's tables, without walls, indexes and keys."""
    with psycopg.connect(database) as connection:
        for table in TABLES:
            name = composed.Identifier(f"leads_{table}")
            copy = "CREATE TEMP TABLE {0} (LIKE public.{0})"
            connection.execute(composed.SQL(copy).format(name))
            _let_all_be_null(connection, f"leads_{table}")
        connection.execute("SET TIME ZONE 'America/New_York'")
        yield connection
        connection.rollback()


def _let_all_be_null(connection: Connection, table: str) -> None:
    """The copies need only the columns a clause can read."""
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND attnotnull",
        [f"pg_temp.{table}"],
    )
    for (column,) in found.fetchall():
        connection.execute(
            composed.SQL("ALTER TABLE {} ALTER {} DROP NOT NULL").format(
                composed.Identifier("pg_temp", table), composed.Identifier(column)
            )
        )


def put(connection: Connection, table: str, row: dict[str, Any]) -> None:
    columns = composed.SQL(", ").join(composed.Identifier(name) for name in row)
    values = composed.SQL(", ").join(composed.Placeholder() for _ in row)
    statement = composed.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        composed.Identifier(f"leads_{table}"), columns, values
    )
    connection.execute(statement, list(row.values()))


def fill(connection: Connection, some: list[World]) -> None:
    """The leads, numbered from 1, and a stranger's that shares every number with the first."""
    for table in TABLES:
        connection.execute(
            composed.SQL("DELETE FROM {}").format(composed.Identifier(f"leads_{table}"))
        )
    for number, world in enumerate(some, 1):
        _fill_lead(connection, WORKSPACE, number, world)
    _fill_lead(connection, STRANGER, 1, some[-1])


def _fill_lead(connection: Connection, workspace: int, number: int, world: World) -> None:
    walls = {"workspace_id": workspace}
    of_lead = {**walls, "lead_id": number}
    beside = {
        "account_id": number if world.account else None,
        "contact_id": number if world.contact else None,
    }
    put(connection, "lead", {**walls, "id": number, **beside, **world.lead})
    put(connection, "standing", {**of_lead, **world.standing})
    if world.account:
        put(connection, "account", {**walls, "id": number, **world.account})
    if world.contact:
        put(connection, "contact", {**walls, "id": number, **world.contact})
    for place, row in enumerate(world.findings):
        _tell(connection, {**of_lead, "id": number * 100 + place}, row)
    rows = {"touch": world.touches, "stagechange": world.changes}
    for table, entries in rows.items():
        for place, row in enumerate(entries):
            put(connection, table, {**of_lead, "id": number * 100 + place, **row})
    for place, role in enumerate(world.roles):
        put(connection, "groupmember", {**of_lead, "id": number * 100 + place, "role": role})


def _tell(connection: Connection, place: dict[str, Any], row: dict[str, Any]) -> None:
    """A finding, its words in a row of their own; one that takes back has no value."""
    values = {name: value for name, value in row.items() if name != "words"}
    if row["withdrawn"]:
        values |= {name: None for name in values if name.startswith("value_")}
    elif row["words"] is not None:
        put(connection, "personaltext", {**place, "body": row["words"]})
        values["text_id"] = place["id"]
    put(connection, "finding", {**place, **values})


def many_worlds(count: int) -> list[World]:
    """The same worlds on every run."""
    found: list[World] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(world=worlds())
    def collect(world: World) -> None:
        found.append(world)

    collect()
    return found


@pytest.fixture(scope="module")
def leads(connection: Connection) -> list[World]:
    """As many leads as one statement should answer at once: edges are met by the dozen."""
    some = many_worlds(70)
    fill(connection, some)
    return some


def both_agree(connection: Connection, leads: list[World], clause: Group, moment: Moment) -> None:
    spoken = {}
    for number, world in enumerate(leads, 1):
        outcome = evaluate(clause, facts_of(world, moment), LEAD_FIELDS, moment)
        spoken[number] = (outcome.truth, *(reason.truth for reason in outcome.reasons))
    columns, params = criteria_columns(clause, LEAD_FIELDS, moment, WORKSPACE)
    beside = connection.execute(f"SELECT lead.id, {columns}{FROM}", params).fetchall()
    assert truths(beside) == spoken
    text, params = census(clause, LEAD_FIELDS, moment, WORKSPACE)
    assert truths(connection.execute(text, params).fetchall()) == spoken
    text, params = sql(clause, LEAD_FIELDS, moment, WORKSPACE)
    kept = connection.execute(f"SELECT lead.id{FROM} AND {text}", params).fetchall()
    assert {row[0] for row in kept} == {n for n, said in spoken.items() if said[0].value == "met"}


def truths(rows: list[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: tuple(truth_of(answer) for answer in row[1:]) for row in rows}


def agree(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many clauses, each asked of all leads."""

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        chosen = settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        return chosen(given(clause=CLAUSES, moment=MOMENTS)(test))

    return decorated


@agree(250)
def test_the_voices_agree(
    connection: Connection, leads: list[World], clause: Group, moment: Moment
) -> None:
    both_agree(connection, leads, clause, moment)


@pytest.mark.soak
@agree(5_000)
def test_the_voices_agree_at_length(
    connection: Connection, leads: list[World], clause: Group, moment: Moment
) -> None:
    both_agree(connection, leads, clause, moment)


def test_s3_19_the_voices_agree_on_what_contradicts_itself(connection: Connection) -> None:
    """Leads whose findings all lie in one thread, so that every edge of the rule is met."""
    some = many_worlds(120)
    for number, world in enumerate(some):
        section, field = (FindingSection.BUDGET, "amount") if number % 6 else (PEOPLE, "role")
        for finding in world.findings:
            finding |= {"section": section.value, "field": field, "thread": 0}
    fill(connection, some)
    found = set()
    for moment in (Moment(NOW), Moment(NOW - timedelta(days=30), live=False)):
        for asked in (FieldTest("contradictions", "at_least", 1), NONE):
            both_agree(connection, some, Group("all", (asked,)), moment)
        found |= {facts_of(world, moment).values["contradictions"] for world in some}
    assert found == {0, 1}


def test_every_leaf_of_the_catalogue_is_valid_sql(connection: Connection) -> None:
    """Each field with each operator, and each event, runs in both shapes, now and then."""
    from leadfarm.rules.clauses import EventTest, FieldTest, all_of

    knowledge = [
        FieldTest(field.name, "is_known")
        for field in LEAD_FIELDS.fields.values()
        if not field.decays
    ]
    knowledge = [each for each in knowledge if each.field != "buying_roles"]
    clause = all_of(*knowledge, *(EventTest(name) for name in LEAD_FIELDS.events))
    for moment in (Moment(NOW), Moment(NOW, live=False)):
        columns, params = criteria_columns(clause, LEAD_FIELDS, moment, WORKSPACE)
        connection.execute(f"SELECT {columns}{FROM}", params)
        text, params = census(clause, LEAD_FIELDS, moment, WORKSPACE)
        connection.execute(text, params)
    assert len(list(leaves(clause))) > 80
