"""What can be asked: fields and kinds of events, as data. No code is hard-wired in the language
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from leadfarm.rules.clauses.operators import KNOWN, OPERATORS, Kind, Operator
from leadfarm.rules.clauses.reach import Reach


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a field: its key in the JSON form, its label, the code in the database.

    `rank` is its place in an order, -inf where it has none; of a band it is the lowest number in
    it.
    """

    key: str
    label: str
    code: int = 0
    rank: float = -inf

    @property
    def is_ranked(self) -> bool:
        """Whether it has a place in the order of its field."""
        return self.rank > -inf


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a lead that can be tested.

    `decays` marks heat: the raw fact is its stored logarithm, null means nothing happened yet, so
    zero. `open_ended` marks ids: choices only name them, an id without a name may be asked for as
    well. `ranks` are the words of an order, e.g. ("or better", "or worse").
    """

    name: str
    label: str
    kind: Kind
    reach: Reach
    choices: tuple[Choice, ...] = ()
    open_ended: bool = False
    decays: bool = False
    ranks: tuple[str, str] = ("or higher", "or lower")
    unit: str = ""
    section: str = ""

    @property
    def operators(self) -> tuple[Operator, ...]:
        """What can be asked of it: all of its kind; heat is never unknown, so nobody asks whether
        it is known.
        """
        of_kind = OPERATORS[self.kind]
        return tuple(each for each in of_kind if each not in KNOWN) if self.decays else of_kind

    def operator(self, name: str) -> Operator | None:
        """The operator of that name, None where the field has none such."""
        return next((each for each in self.operators if each.name == name), None)

    def choice(self, key: str) -> Choice | None:
        """The choice with that key; ids without a name are made up on the spot; None if there is
        none.
        """
        found = next((each for each in self.choices if each.key == key), None)
        if found is None and self.open_ended and key.isascii() and key.isdigit() and len(key) <= 18:
            return Choice(key, f"no. {key}", int(key))
        return found

    def label_of(self, code: object) -> str:
        """The label of a code as found in the database."""
        found = next((each.label for each in self.choices if each.code == code), None)
        return found or f"no. {code}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which touches count: one of these kinds, and where given one of these dispositions."""

    touches: tuple[int, ...]
    dispositions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventKind:
    """Something that can have happened: any of the patterns, and how it is said both ways."""

    name: str
    label: str
    did: str
    did_not: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Catalogue:
    """The fields and events a clause may name."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    events: Mapping[str, EventKind] = field(default_factory=dict)

    def with_choices(self, **choices: Iterable[Choice]) -> Catalogue:
        """The same catalogue with choices filled in, e.g. a workspace's sources:
        source=[Choice(..)].
        """
        filled = {
            name: replace(self.fields[name], choices=tuple(some)) for name, some in choices.items()
        }
        return Catalogue({**self.fields, **filled}, self.events)


def catalogue(fields: Iterable[Field], events: Iterable[EventKind] = ()) -> Catalogue:
    """A catalogue of these; a name given twice is a mistake and raises ValueError."""
    fields, events = tuple(fields), tuple(events)
    for names in ([each.name for each in fields], [each.name for each in events]):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"A catalogue names each thing once; given twice: {sorted(twice)}.")
    return Catalogue({each.name: each for each in fields}, {each.name: each for each in events})
