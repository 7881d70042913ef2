"""A form's flat rows as the JSON form of a clause, and back. Every row is plain inputs: no script
is needed.

A form knows two levels: groups A, B, C .. joined by all or any. Its keys are `joined` (all | any),
`how-A` (all | any | none) and for each row n `row-n-group`, `row-n-field` (an event as
"event:NAME"), `row-n-operator` (of an event: did | did_not), `row-n-value` (may repeat; of an
event: how many times), `row-n-value2` (the upper number of a pair, the unit of a period, the days
of an event) and `row-n-machines` (of an event).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import cast

from leadfarm.rules.clauses.catalogue import Catalogue
from leadfarm.rules.clauses.operators import Shape
from leadfarm.rules.clauses.tree import HOWS, Clause, EventTest, Group, Leaf, Period

FormData = Mapping[str, Sequence[str]]
EVENT = "event:"
ROW = re.compile(r"row-(\d{1,4})-field")


def json_of_form(data: FormData, catalogue: Catalogue) -> dict[str, object]:
    """The JSON form of what was filled in, for `parse`, which lists its faults. Rows without a
    field are left out.
    """
    grouped: dict[str, list[object]] = {}
    for number in sorted(int(found[1]) for key in data if (found := ROW.fullmatch(key))):
        row = _Row(data, number)
        if row.one("field"):
            grouped.setdefault(row.one("group") or "A", []).append(row.test(catalogue))
    members = [
        _group(_one(data, f"how-{letter}"), tests) for letter, tests in sorted(grouped.items())
    ]
    joined = _one(data, "joined")
    if len(members) == 1 and isinstance(members[0], dict) and members[0].keys() & set(HOWS):
        return members[0]
    return {joined if joined == "any" and members else "all": members}


def _group(how: str, tests: list[object]) -> object:
    how = how if how in HOWS else "all"
    return tests[0] if len(tests) == 1 and how != "none" else {how: tests}


def _one(data: FormData, key: str) -> str:
    values = data.get(key) or ("",)
    return values[0].strip()


class _Row:
    def __init__(self, data: FormData, number: int) -> None:
        self.data, self.number = data, number

    def one(self, part: str) -> str:
        return _one(self.data, f"row-{self.number}-{part}")

    def several(self) -> list[str]:
        values = (value.strip() for value in self.data.get(f"row-{self.number}-value", ()))
        return [value for value in values if value]

    def test(self, catalogue: Catalogue) -> dict[str, object]:
        name = self.one("field")
        if name.startswith(EVENT):
            return self._event(name.removeprefix(EVENT))
        test: dict[str, object] = {"field": name, "operator": self.one("operator")}
        field = catalogue.fields.get(name)
        operator = field.operator(self.one("operator")) if field else None
        if operator is None or operator.shape is not Shape.NOTHING:
            test["value"] = self._value(operator.shape if operator else Shape.TEXT)
        return test

    def _event(self, kind: str) -> dict[str, object]:
        test: dict[str, object] = {"event": kind, "did": self.one("operator") != "did_not"}
        if self.one("value"):
            test["at_least"] = _number(self.one("value"))
        if self.one("value2"):
            test["within_days"] = _number(self.one("value2"))
        return {**test, "machines": True} if self.one("machines") else test

    def _value(self, shape: Shape) -> object:
        first, second = self.one("value"), self.one("value2")
        if shape is Shape.NUMBER:
            return _number(first)
        if shape is Shape.NUMBERS:
            return [_number(first), _number(second)]
        if shape in (Shape.CHOICES, Shape.TEXTS):
            return self.several()
        if shape is Shape.PERIOD:
            return {second or "days": _number(first)}
        return first == "yes" if shape is Shape.YES_NO and first in ("yes", "no") else first


def _number(text: str) -> object:
    """The number, or the text itself for the parser to complain about."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def form_of_clause(clause: Clause) -> dict[str, list[str]] | None:
    """The form that gives the clause back; None where it is nested deeper than a form can show."""
    if clause.how == "none" or _is_one_group(clause):
        clause = Group("all", (clause,)) if clause.members else clause
    form: dict[str, list[str]] = {"joined": [clause.how]}
    if len(clause.members) > len(ascii_uppercase):
        return None
    number = 0
    for letter, member in zip(ascii_uppercase, clause.members, strict=False):
        group = member if isinstance(member, Group) else Group("all", (member,))
        if any(isinstance(each, Group) for each in group.members):
            return None
        form[f"how-{letter}"] = [group.how]
        for leaf in group.members:
            form |= _row(number, letter, cast(Leaf, leaf))
            number += 1
    return form


def _is_one_group(clause: Clause) -> bool:
    """A clause of tests alone is shown as one group, not as a group for each test."""
    return len(clause.members) > 1 and not any(isinstance(each, Group) for each in clause.members)


def _row(number: int, letter: str, leaf: Leaf) -> dict[str, list[str]]:
    row: dict[str, list[str]] = {"group": [letter]}
    if isinstance(leaf, EventTest):
        row |= {"field": [f"{EVENT}{leaf.kind}"], "operator": ["did" if leaf.did else "did_not"]}
        row |= {"value": [str(leaf.at_least)]}
        row |= {"value2": [str(leaf.within_days)]} if leaf.within_days is not None else {}
        row |= {"machines": ["on"]} if leaf.machines else {}
    else:
        row |= {"field": [leaf.field], "operator": [leaf.operator], **_inputs(leaf.value)}
    return {f"row-{number}-{part}": values for part, values in row.items()}


def _inputs(value: object) -> dict[str, list[str]]:
    if value is None:
        return {}
    if isinstance(value, Period):
        return {"value": [str(value.length)], "value2": [value.unit]}
    if isinstance(value, bool):
        return {"value": ["yes" if value else "no"]}
    if isinstance(value, tuple) and not isinstance(value[0], str):
        return {"value": [str(value[0])], "value2": [str(value[1])]}
    return {"value": [str(each) for each in value] if isinstance(value, tuple) else [str(value)]}
