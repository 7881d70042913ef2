"""The JSON form: parse with the complete list of faults, serialise canonically.

{"all": [{"field": "heat", "operator": "at_least", "value": 50},
         {"any": [{"event": "asked_for_a_price", "within_days": 30},
                  {"event": "unsubscribed", "did": false}]}]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from leadfarm.rules.clauses.catalogue import Catalogue
from leadfarm.rules.clauses.tree import HOWS, Clause, EventTest, FieldTest, Group, Node, Period
from leadfarm.rules.clauses.values import MOST_DAYS, Wrong, read_value

MOST_DEPTH = 5
MOST_TESTS = 100
FORMS = '{"all" | "any" | "none": [..]}, {"field", "operator", "value"} or {"event", ..}'
EVENT_KEYS = {"event", "did", "at_least", "within_days", "machines"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the JSON form: where, what is wrong, what is allowed there."""

    path: str
    wrong: str
    allowed: str

    def __str__(self) -> str:
        """As one line."""
        return f"{self.path or 'clause'}: {self.wrong} (allowed: {self.allowed})"


class FaultyClause(ValueError):
    """A clause that cannot be used, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep every fault; the message lists them."""
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def parse(raw: object, catalogue: Catalogue) -> Clause:
    """The clause of a JSON form; a bare test becomes a group of one. Raises FaultyClause with all
    faults.
    """
    reader = _Reader(catalogue)
    node = reader.node(raw, "", 0)
    if reader.tests > MOST_TESTS:
        reader.fault("", f"{reader.tests} tests are too many", f"up to {MOST_TESTS} tests")
    if reader.faults or node is None:
        raise FaultyClause(reader.faults)
    return node if isinstance(node, Group) else Group("all", (node,))


def faults(raw: object, catalogue: Catalogue) -> tuple[Fault, ...]:
    """All faults of a JSON form; empty when it can be used."""
    try:
        parse(raw, catalogue)
    except FaultyClause as faulty:
        return faulty.faults
    return ()


class _Reader:
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.faults, self.tests = catalogue, list[Fault](), 0

    def fault(self, path: str, wrong: str, allowed: str) -> None:
        self.faults.append(Fault(path.lstrip("."), wrong, allowed))

    def node(self, raw: object, path: str, depth: int) -> Node | None:
        if not isinstance(raw, Mapping):
            self.fault(path, "this is no group and no test", FORMS)
            return None
        if "field" in raw:
            return self.field_test(raw, path)
        if "event" in raw:
            return self.event_test(raw, path)
        return self.group(raw, path, depth)

    def group(self, raw: Mapping[str, object], path: str, depth: int) -> Group | None:
        how = next((each for each in HOWS if each in raw), None)
        if how is None or len(raw) != 1:
            self.fault(path, f"the keys {sorted(map(str, raw))} name neither", FORMS)
            return None
        if depth >= MOST_DEPTH:
            self.fault(path, "groups are nested too deeply", f"up to {MOST_DEPTH} levels of groups")
            return None
        raws = raw[how]
        here = f"{path}{'.' if path else ''}{how}"
        if not isinstance(raws, list | tuple):
            self.fault(here, "this is no list", "a list of tests and groups")
            return None
        if not raws and (depth or how != "all"):
            self.fault(
                here, "the group is empty", 'at least one test; {"all": []} alone is every lead'
            )
        if len(raws) > MOST_TESTS:
            self.fault(here, f"{len(raws)} members are too many", f"up to {MOST_TESTS} tests")
            return None
        members = [self.node(each, f"{here}[{n}]", depth + 1) for n, each in enumerate(raws)]
        return Group(how, tuple(member for member in members if member is not None))

    def field_test(self, raw: Mapping[str, object], path: str) -> FieldTest | None:
        self.tests += 1
        self.strangers(raw, {"field", "operator", "value"}, path)
        field = self.catalogue.fields.get(str(raw["field"]))
        if field is None:
            known = ", ".join(self.catalogue.fields)
            self.fault(f"{path}.field", f"there is no field {raw['field']!r}", known)
            return None
        operator = field.operator(str(raw.get("operator")))
        if operator is None:
            allowed = ", ".join(each.name for each in field.operators)
            wrong = f"{field.label} has no operator {raw.get('operator')!r}"
            self.fault(f"{path}.operator", wrong, allowed)
            return None
        try:
            value = read_value(raw.get("value"), field, operator.shape)
        except Wrong as wrong_value:
            self.fault(f"{path}.value", wrong_value.wrong, wrong_value.allowed)
            return None
        return FieldTest(field.name, operator.name, value)

    def event_test(self, raw: Mapping[str, object], path: str) -> EventTest:
        self.tests += 1
        self.strangers(raw, EVENT_KEYS, path)
        if str(raw["event"]) not in self.catalogue.events:
            known = ", ".join(self.catalogue.events)
            self.fault(f"{path}.event", f"there is no event {raw['event']!r}", known)
        within = raw.get("within_days")
        return EventTest(
            kind=str(raw["event"]),
            did=self.yes_no(raw, "did", True, path),
            at_least=self.whole(raw.get("at_least", 1), f"{path}.at_least", 1000),
            within_days=None
            if within is None
            else self.whole(within, f"{path}.within_days", MOST_DAYS),
            machines=self.yes_no(raw, "machines", False, path),
        )

    def strangers(self, raw: Mapping[str, object], known: set[str], path: str) -> None:
        strange = sorted(str(key) for key in raw if key not in known)
        if strange:
            self.fault(path, f"unknown keys {strange}", ", ".join(sorted(known)))

    def yes_no(self, raw: Mapping[str, object], key: str, usual: bool, path: str) -> bool:
        value = raw.get(key, usual)
        if isinstance(value, bool):
            return value
        self.fault(f"{path}.{key}", f"{value!r} is neither yes nor no", "true or false")
        return usual

    def whole(self, value: object, path: str, most: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
            return value
        self.fault(path, f"{value!r} is no number of that size", f"a whole number from 1 to {most}")
        return 1


def serialise(node: Node) -> dict[str, object]:
    """The canonical JSON form; what is usual (did, once, ever, humans only) is left out."""
    if isinstance(node, Group):
        return {node.how: [serialise(member) for member in node.members]}
    if isinstance(node, FieldTest):
        bare: dict[str, object] = {"field": node.field, "operator": node.operator}
        return bare if node.value is None else {**bare, "value": _plain(node.value)}
    form: dict[str, object] = {"event": node.kind}
    usual = EventTest(node.kind)
    for key in ("did", "at_least", "within_days", "machines"):
        if getattr(node, key) != getattr(usual, key):
            form[key] = getattr(node, key)
    return form


def _plain(value: object) -> object:
    if isinstance(value, Period):
        return {value.unit: value.length}
    return list(value) if isinstance(value, tuple) else value


def canonical(clause: Clause) -> str:
    """The canonical text: equal clauses give equal texts, fit for a hash."""
    return json.dumps(serialise(clause), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
