"""The code lists of the dossier."""

from __future__ import annotations

from leadfarm.rules.coded import Code


class BudgetStatus(Code):
    """How real the money is."""

    NONE = 1, "No budget"
    WANTED = 2, "Wanted, not asked for"
    ASKED_FOR = 3, "Asked for"
    APPROVED = 4, "Approved"
    FROZEN = 5, "Frozen"


class Stance(Code):
    """What somebody in the buying group thinks of buying from us."""

    FOR_US = 1, "For us"
    NEUTRAL = 2, "Neutral"
    AGAINST = 3, "Against"


class Influence(Code):
    """How much somebody's word weighs in the decision."""

    LOW = 1, "Little say"
    MEDIUM = 2, "Some say"
    HIGH = 3, "Much say"


class Bought(Code):
    """What came of it in the end, a year later (S1-2)."""

    FROM_US = 1, "From us"
    FROM_SOMEBODY_ELSE = 2, "From somebody else"
    FROM_NOBODY = 3, "From nobody"


class Position(Code):
    """Where we stand against the others."""

    AHEAD = 1, "Ahead"
    EVEN = 2, "Even"
    BEHIND = 3, "Behind"
