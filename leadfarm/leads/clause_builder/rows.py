"""One row of the builder as it is drawn: field, operator, and inputs that fit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from leadfarm.rules.clauses import Catalogue, Choice, EventKind, Field, Kind, Shape
from leadfarm.rules.clauses import faults as faults_of
from leadfarm.rules.clauses.builder import INPUTS
from leadfarm.rules.clauses.form_rows import EVENT, json_of_form

FormData = Mapping[str, Sequence[str]]
Option = tuple[str, str]
Sections = tuple[tuple[str, tuple[Option, ...]], ...]
DID = ("did", "did_not")
YES_NO = (Choice("yes", "yes"), Choice("no", "no"))


@dataclass(frozen=True)
class Row:
    """A row with its inputs. `input` names the template piece that takes the value."""

    number: int
    group: str
    field: str = ""
    operator: str = ""
    operators: tuple[Option, ...] = ()
    input: str = "none"
    choices: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    second: str = ""
    machines: bool = False
    unit: str = ""
    fault: str = ""

    @property
    def key(self) -> str:
        """Return the number as names of inputs carry it."""
        return str(self.number)

    @property
    def first(self) -> str:
        """Return the only, or the first, value."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class Group:
    """The rows of one group and how they are joined: all, any or none."""

    letter: str
    how: str
    rows: tuple[Row, ...] = field(default=())


def row_of(data: FormData, number: int, catalogue: Catalogue, *, complain: bool) -> Row:
    """Return the row of that number; with `complain` its fault is said, if it has one."""
    name = _one(data, number, "field")
    group = _one(data, number, "group")[:1] or "A"
    plain = Row(
        number,
        group,
        field=name,
        values=tuple(each for each in data.get(f"row-{number}-value", ()) if each.strip()),
        second=_one(data, number, "value2"),
        machines=bool(_one(data, number, "machines")),
        fault=_fault(data, number, catalogue) if complain and name else "",
    )
    wanted = _one(data, number, "operator")
    event = catalogue.events.get(name.removeprefix(EVENT)) if name.startswith(EVENT) else None
    if event is not None:
        return _event_row(plain, event, wanted)
    asked = catalogue.fields.get(name)
    return plain if asked is None else _field_row(plain, asked, wanted)


def _event_row(row: Row, event: EventKind, wanted: str) -> Row:
    operators = ((DID[0], event.did), (DID[1], event.did_not))
    operator = wanted if wanted in DID else DID[0]
    return replace(row, operators=operators, operator=operator, input="times and days")


def _field_row(row: Row, asked: Field, wanted: str) -> Row:
    operator = asked.operator(wanted) or asked.operators[0]
    operators = tuple(
        (each.name, each.words + _rank_words(asked, each.name, each.shape))
        for each in asked.operators
    )
    return replace(
        row,
        operators=operators,
        operator=operator.name,
        input=_input(asked, operator.shape),
        choices=_choices(asked, operator.shape, row.values),
        unit="days" if asked.kind is Kind.AGE else asked.unit,
    )


def _rank_words(asked: Field, name: str, shape: Shape) -> str:
    words = {"at_least": asked.ranks[0], "at_most": asked.ranks[1]}
    return f" … {words[name]}" if shape is Shape.RANK else ""


def _input(asked: Field, shape: Shape) -> str:
    """Return the kind of input; ids nobody has named are typed."""
    if shape in (Shape.CHOICE, Shape.CHOICES) and not asked.choices:
        return "text" if shape is Shape.CHOICE else "texts"
    return INPUTS[shape]


def _choices(asked: Field, shape: Shape, values: tuple[str, ...]) -> tuple[Option, ...]:
    if shape is Shape.YES_NO:
        return tuple((each.key, each.label) for each in YES_NO)
    known = [each for each in asked.choices if shape is not Shape.RANK or each.is_ranked]
    keys = {each.key for each in known}
    strangers = [asked.choice(value) for value in values if value not in keys]
    return tuple((each.key, each.label) for each in [*known, *strangers] if each is not None)


def _fault(data: FormData, number: int, catalogue: Catalogue) -> str:
    """Return what is wrong with this row alone, and what is allowed."""
    mark = f"row-{number}-"
    own = {key: values for key, values in data.items() if key.startswith(mark)}
    found = faults_of(json_of_form(own, catalogue), catalogue)
    said = f"{found[0].wrong}. Allowed: {found[0].allowed}" if found else ""
    return said[:1].upper() + said[1:]


def _one(data: FormData, number: int, part: str) -> str:
    values = data.get(f"row-{number}-{part}") or ("",)
    return values[0].strip()


@lru_cache(maxsize=64)
def _sections(
    names: tuple[tuple[str, str, str], ...],
) -> Sections:
    found: dict[str, list[Option]] = {}
    for section, name, label in names:
        found.setdefault(section, []).append((name, label[:1].upper() + label[1:]))
    return tuple((section, tuple(options)) for section, options in found.items())


def sections_of(catalogue: Catalogue) -> Sections:
    """Return what can be asked, in sections for the groups of a select, events last."""
    fields = (
        (each.section or "Fields", each.name, each.label) for each in catalogue.fields.values()
    )
    events = (("History", f"{EVENT}{each.name}", each.label) for each in catalogue.events.values())
    return _sections((*fields, *events))
