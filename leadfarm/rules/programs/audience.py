"""Whom a program is for: most look after open leads, some after customers, some after sleepers."""

from __future__ import annotations

from collections.abc import Set

from leadfarm.rules.coded import Code
from leadfarm.rules.stages import WORKABLE, Stage

_CUSTOMERS = frozenset({Stage.WON, Stage.CUSTOMER})
_RESTING = frozenset({Stage.DORMANT, Stage.LOST})


class Audience(Code):
    """One row: number, label, and the stages of the leads a program may take at all.

    Its entry conditions choose among them.

    A lead that sleeps is woken by entering. Customers keep what they have; a program runs beside.
    """

    OPEN = 1, "Leads that are not Sales-ready", WORKABLE
    CUSTOMERS = 2, "Customers", _CUSTOMERS
    ASLEEP = 3, "Leads that sleep", _RESTING
    OPEN_OR_ASLEEP = 4, "Leads that are not Sales-ready or sleep", WORKABLE | _RESTING

    stages: Set[Stage]


def audience_of(raw: object) -> Audience | None:
    """Return the audience of this name, open leads where none is named; None for an unknown one."""
    return Audience.read(str(raw)) if raw else Audience.OPEN
