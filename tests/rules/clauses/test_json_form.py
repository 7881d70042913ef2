"""The JSON form: complete faults, canonical texts, limits (DESIGN 6)."""

from typing import Any

import pytest
from hypothesis import given, settings

from leadfarm.rules.clauses import (
    EVERYONE,
    LEAD_FIELDS,
    EventTest,
    FaultyClause,
    FieldTest,
    Group,
    all_of,
    canonical,
    faults,
    parse,
    serialise,
)
from leadfarm.rules.clauses.json_form import MOST_DEPTH, MOST_TESTS
from tests.rules.clauses.worlds import CLAUSES

HEAT = {"field": "heat", "operator": "at_least", "value": 50}


def test_all_faults_are_listed_at_once_with_path_and_what_is_allowed() -> None:
    raw = {
        "all": [
            {"field": "height", "operator": "is", "value": 1},
            {"any": [{"field": "heat", "operator": "contains", "value": 1}, {"none": []}]},
            {"field": "stage", "operator": "at_least", "value": "dormant"},
            {"event": "sneezed", "at_least": 0, "within": 3},
            7,
        ]
    }
    found = {fault.path: fault for fault in faults(raw, LEAD_FIELDS)}
    assert set(found) == {
        "all[0].field",
        "all[1].any[0].operator",
        "all[1].any[1].none",
        "all[2].value",
        "all[3]",
        "all[3].event",
        "all[3].at_least",
        "all[4]",
    }
    assert "at_least, more_than" in found["all[1].any[0].operator"].allowed
    assert "sales-ready" in found["all[2].value"].allowed
    assert "dormant" not in found["all[2].value"].allowed


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("heat", "at_least", "50"),
        ("heat", "at_least", True),
        ("heat", "at_least", float("nan")),
        ("heat", "at_least", 10**400),
        ("heat", "between", [60, 50]),
        ("days_in_stage", "at_least", -1),
        ("country", "is", "  "),
        ("country", "is", "a\x00"),
        ("country", "one_of", []),
        ("country", "is_known", 1),
        ("whose_move", "is", ["sales"]),
        ("source", "is", "web"),
        ("close_date", "before", "2026-02-30"),
        ("close_date", "within_next", {"weeks": 1}),
        ("close_date", "within_next", {"days": 0}),
    ],
)
def test_a_value_that_does_not_fit_is_refused(field: str, operator: str, value: object) -> None:
    (fault,) = faults({"field": field, "operator": operator, "value": value}, LEAD_FIELDS)
    assert (fault.path, bool(fault.allowed)) == ("value", True)


def test_depth_and_size_have_limits() -> None:
    deep: dict[str, Any] = HEAT
    for _ in range(MOST_DEPTH):
        deep = {"all": [deep]}
    assert parse(deep, LEAD_FIELDS)
    assert "deeply" in faults({"all": [deep]}, LEAD_FIELDS)[0].wrong
    assert "too many" in faults({"all": [HEAT] * (MOST_TESTS + 1)}, LEAD_FIELDS)[0].wrong
    assert not faults({"all": [HEAT] * MOST_TESTS}, LEAD_FIELDS)


def test_equal_conditions_have_one_canonical_text() -> None:
    one = {"field": "country", "operator": "one_of", "value": ["FR", "DE", "FR"]}
    other = {"all": [{"value": ["DE", "FR"], "operator": "one_of", "field": "country"}]}
    assert canonical(parse(one, LEAD_FIELDS)) == canonical(parse(other, LEAD_FIELDS))
    usual = {"event": "call", "did": True, "at_least": 1, "machines": False}
    assert serialise(parse(usual, LEAD_FIELDS)) == {"all": [{"event": "call"}]}


def test_an_empty_all_is_every_lead_and_other_empty_groups_are_faults() -> None:
    assert parse({"all": []}, LEAD_FIELDS) == EVERYONE
    for raw in ({"any": []}, {"none": []}, {"all": [{"all": []}]}):
        with pytest.raises(FaultyClause):
            parse(raw, LEAD_FIELDS)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(clause=CLAUSES)
def test_every_clause_survives_the_round_trip(clause: Group) -> None:
    parsed = parse(serialise(clause), LEAD_FIELDS)
    assert parse(serialise(parsed), LEAD_FIELDS) == parsed
    assert canonical(parsed) == canonical(parse(serialise(parsed), LEAD_FIELDS))


def test_a_bare_test_becomes_a_group_of_one() -> None:
    assert parse(HEAT, LEAD_FIELDS) == all_of(FieldTest("heat", "at_least", 50))
    assert parse({"event": "call"}, LEAD_FIELDS) == all_of(EventTest("call"))
