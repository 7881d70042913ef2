"""A builder without JavaScript: flat rows give a clause, and a clause gives its rows back."""

import json

import pytest

from leadfarm.rules.clauses import (
    EVERYONE,
    LEAD_FIELDS,
    EventTest,
    FieldTest,
    Group,
    Period,
    all_of,
    any_of,
    describe_builder,
    faults,
    form_of_clause,
    json_of_form,
    none_of,
    parse,
)

FIT = FieldTest("fit_letter", "at_least", "b")
HEAT = FieldTest("heat", "between", (50, 60.5))
ASKED = EventTest("hand-raise", did=False, at_least=2, within_days=30, machines=True)
SOON = FieldTest("close_date", "within_next", Period(3, "months"))
ROLES = FieldTest("buying_roles", "has_all", ("champion", "user"))
KNOWN = FieldTest("budget", "is_known")


@pytest.mark.parametrize(
    "clause",
    [
        EVERYONE,
        all_of(FIT),
        all_of(FIT, any_of(HEAT, ASKED), none_of(KNOWN)),
        any_of(all_of(FIT, SOON), ROLES),
        any_of(FIT, HEAT, KNOWN),
        none_of(FIT, ROLES),
    ],
)
def test_a_clause_of_two_levels_comes_back_from_its_form(clause: Group) -> None:
    form = form_of_clause(clause)
    assert form is not None
    assert parse(json_of_form(form, LEAD_FIELDS), LEAD_FIELDS) == clause


def test_what_is_deeper_than_two_levels_is_not_bent_into_a_form() -> None:
    assert form_of_clause(all_of(FIT, any_of(HEAT, all_of(KNOWN, ROLES)))) is None


def test_mistakes_in_a_form_come_out_as_faults_of_the_clause() -> None:
    form = {
        "joined": ["all"],
        "row-0-field": ["heat"],
        "row-0-operator": ["at_least"],
        "row-0-value": ["much"],
        "row-2-field": [""],
        "row-11-field": ["event:call"],
        "row-11-value2": ["soon"],
    }
    found = faults(json_of_form(form, LEAD_FIELDS), LEAD_FIELDS)
    assert [fault.path for fault in found] == ["all[0].value", "all[1].within_days"]


def test_a_builder_learns_fields_operators_inputs_and_choices() -> None:
    described = json.loads(json.dumps(describe_builder(LEAD_FIELDS)))
    stage = next(field for field in described["fields"] if field["name"] == "stage")
    assert {"name": "at_least", "label": "is … or later", "input": "select"} in stage["operators"]
    assert {"key": "sales-ready", "label": "Sales-ready", "ranked": True} in stage["choices"]
    assert len(described["events"]) == len(LEAD_FIELDS.events)
