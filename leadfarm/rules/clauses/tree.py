"""The tree of a condition: groups of tests. Pure data; the catalogue says what a test means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from leadfarm.rules.clauses.truth import Truth, every, no_one, some

How = Literal["all", "any", "none"]
HOWS: tuple[How, ...] = ("all", "any", "none")
COMBINE = {"all": every, "any": some, "none": no_one}
Unit = Literal["days", "months"]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as people say it: 30 days, 3 months (calendar months)."""

    length: int
    unit: Unit = "days"


Scalar = int | float | str | bool
Value = Scalar | Period | tuple[Scalar, ...] | None


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A test of one fact: field, operator, value (None where the operator takes none)."""

    field: str
    operator: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class EventTest:
    """A test of the history: did (or did not) X at least n times, within so many days or ever.

    Machine touches count only with `machines=True`: reading by a scanner decides nothing.
    """

    kind: str
    did: bool = True
    at_least: int = 1
    within_days: int | None = None
    machines: bool = False


Leaf = FieldTest | EventTest


@dataclass(frozen=True, slots=True)
class Group:
    """All, any or none of its members. A clause is its outermost group; an empty "all" is every
    lead.
    """

    how: How
    members: tuple[Node, ...] = ()

    def combine(self, truths: list[Truth]) -> Truth:
        """The truth of the group, given the truths of its members in order."""
        return COMBINE[self.how](truths)


Node = FieldTest | EventTest | Group
Clause = Group
EVERYONE = Group("all")


def leaves(clause: Clause, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Each criterion with its path in the JSON form, e.g. all[1].any[0], in reading order."""
    for index, member in enumerate(clause.members):
        here = f"{path}{'.' if path else ''}{clause.how}[{index}]"
        if isinstance(member, Group):
            yield from leaves(member, here)
        else:
            yield here, member


def all_of(*members: Node) -> Group:
    """A group that needs each of its members."""
    return Group("all", members)


def any_of(*members: Node) -> Group:
    """A group that needs at least one of its members."""
    return Group("any", members)


def none_of(*members: Node) -> Group:
    """A group that is broken by any of its members."""
    return Group("none", members)
