"""What each table holds of a person: where, and what becomes of it. Every room names its tables.

One list serves both rights: the export of everything about a person reads it, and so does their
erasure. A test walks all tables: one that knows people and is not named here fails it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadfarm.consent.erasing.person import Person

# Conditions over `held`, a row of the table. `contacts`: the person, with whoever was merged into
# them; `leads`: where they take part; `own`: of these, the ones that are about nobody else.
BY_CONTACT = "held.contact_id = ANY(%(contacts)s)"
BY_LEAD = "held.lead_id = ANY(%(own)s)"
BY_BOTH = f"held.lead_id = ANY(%(leads)s) AND ({BY_CONTACT} OR {BY_LEAD})"


class Fate(StrEnum):
    """What an erasure does with the rows of a table."""

    GOES = "goes"
    EMPTIED = "emptied"
    STAYS = "stays"


@dataclass(frozen=True)
class Holding:
    """One table: what people call it, whose rows they are, and their fate with its reason.

    `empties` names columns with the SQL of what stands there afterwards; a table of history names
    them in `forgets` of its model instead. `erased` is the condition of the erasure, where it is
    another than that of the export.
    """

    model: str
    label: str
    whose: str
    fate: Fate
    why: str = ""
    empties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    erased: str = ""


@dataclass
class Registry:
    """The tables of all rooms, in the order in which an erasure takes them."""

    holdings: dict[str, Holding] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    # Other numbers of the same person: those merged into them.
    same_person: list[Callable[[int, int], set[int]]] = field(default_factory=list)
    # Files outside the database: each deletes what names the person, and returns how many.
    files: dict[str, Callable[[Person], int]] = field(default_factory=dict)

    def hold(self, *holdings: Holding) -> None:
        """Name tables that know people; the same table again replaces the earlier entry."""
        self.holdings |= {one.model: one for one in holdings}

    def leave_out(self, reason: str, models: Iterable[str]) -> None:
        """Name tables in which nobody of outside stands, and why."""
        self.left_out |= dict.fromkeys(models, reason)


registry = Registry()
