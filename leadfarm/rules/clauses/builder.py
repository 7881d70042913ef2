"""The catalogue as plain data, for whoever draws a builder."""

from __future__ import annotations

from leadfarm.rules.clauses.catalogue import Catalogue, Field
from leadfarm.rules.clauses.form_rows import EVENT
from leadfarm.rules.clauses.operators import Kind, Shape

INPUTS = {
    Shape.NOTHING: "none",
    Shape.NUMBER: "number",
    Shape.NUMBERS: "number pair",
    Shape.TEXT: "text",
    Shape.TEXTS: "texts",
    Shape.CHOICE: "select",
    Shape.RANK: "select",
    Shape.CHOICES: "checkboxes",
    Shape.DATE: "date",
    Shape.PERIOD: "number and unit",
    Shape.YES_NO: "select",
}


def describe_builder(catalogue: Catalogue) -> dict[str, object]:
    """Fields with their operators, inputs and choices, events and groups, as JSON-able data."""
    return {
        "fields": [_described(field) for field in catalogue.fields.values()],
        "events": [
            {
                "name": f"{EVENT}{each.name}",
                "label": each.label,
                "operators": [
                    {"name": "did", "label": each.did, "input": "times and days"},
                    {"name": "did_not", "label": each.did_not, "input": "times and days"},
                ],
            }
            for each in catalogue.events.values()
        ],
        "groups": [{"name": how, "label": f"{how} of these"} for how in ("all", "any", "none")],
        "units": ["days", "months"],
    }


def _described(field: Field) -> dict[str, object]:
    ranks = {"at_least": f" … {field.ranks[0]}", "at_most": f" … {field.ranks[1]}"}
    operators = [
        {
            "name": each.name,
            "label": each.words + (ranks[each.name] if each.shape is Shape.RANK else ""),
            "input": INPUTS[each.shape],
        }
        for each in field.operators
    ]
    return {
        "name": field.name,
        "label": field.label,
        "section": field.section,
        "type": field.kind.value,
        "unit": "days" if field.kind is Kind.AGE else field.unit,
        "operators": operators,
        "choices": [
            {"key": each.key, "label": each.label, "ranked": each.is_ranked}
            for each in field.choices
        ],
        "open_ended": field.open_ended,
    }
