"""The agreement of marketing and sales: what both promise, and what no definition can leave out.

Promises are the bilateral SLA: marketing and prospect development deliver N leads a week of which
a share is accepted; sales accepts or rejects within so many working hours, speaks first within so
many more, and tries so many times before giving up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    Catalogue,
    Clause,
    EventTest,
    FieldTest,
    Period,
    all_of,
    any_of,
    differences,
)
from leadfarm.rules.clauses.tree import Node
from leadfarm.rules.codes import Role, Side

# Law 4: interest is not readiness. A need is named (S1-14), and one of us has spoken with them and
# found them open to it. Every definition implies both; the database asks for them as well.
NEED = FieldTest("need", "is_known")
TALK = EventTest("qualifying-talk")


@dataclass(frozen=True)
class Promise:
    """One number of the SLA: its bounds, who promises it, and how it is said."""

    low: int
    high: int
    side: Side
    words: str


PROMISES: dict[str, Promise] = {
    "deliver_a_week": Promise(0, 10_000, Side.MARKETING, "Deliver {} leads a week"),
    "accepted_percent": Promise(0, 100, Side.MARKETING, "At least {} % of them are accepted"),
    "greet_hours": Promise(1, 400, Side.MARKETING, "Greet every inquiry within {} working hours"),
    "accept_hours": Promise(1, 400, Side.SALES, "Accept or reject within {} working hours"),
    "first_touch_hours": Promise(
        1, 400, Side.SALES, "First conversation within {} working hours of accepting"
    ),
    "attempts": Promise(1, 30, Side.SALES, "At least {} attempts before giving up"),
}


@dataclass(frozen=True)
class Promises:
    """What both sides promise. Hours are working hours."""

    deliver_a_week: int = 10
    accepted_percent: int = 70
    greet_hours: int = 4
    accept_hours: int = 8
    first_touch_hours: int = 8
    attempts: int = 6

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Self:
        """Return the promises of a stored form; what is missing is as usual."""
        known = {f.name for f in fields(cls)}
        return cls(**{key: int(str(value)) for key, value in raw.items() if key in known})

    def as_json(self) -> dict[str, int]:
        """Return them as they are stored."""
        return asdict(self)

    def faults(self) -> list[str]:
        """Return what cannot be promised, one sentence each."""
        return [
            f"{promise.words.format('…')}: give a number from {promise.low} to {promise.high}."
            for name, promise in PROMISES.items()
            if not promise.low <= getattr(self, name) <= promise.high
        ]

    def said_by(self, side: Side) -> list[str]:
        """Return what this side promises, one sentence each."""
        return [
            promise.words.format(f"{getattr(self, name):,}") + "."
            for name, promise in PROMISES.items()
            if promise.side is side
        ]

    def changes_to(self, later: Promises) -> list[str]:
        """Return what a later version promises differently, one sentence each."""
        return [
            f"Changed: “{promise.words.format(getattr(self, name))}” became "
            f"“{promise.words.format(getattr(later, name))}”."
            for name, promise in PROMISES.items()
            if getattr(self, name) != getattr(later, name)
        ]


def full_criteria(criteria: Clause) -> Clause:
    """Return the clause a lead must meet: law 4's fixed part first, then the definition's own."""
    own: tuple[Node, ...] = criteria.members if criteria.how == "all" else (criteria,)
    return all_of(NEED, TALK, *(node for node in own if node not in (NEED, TALK)))


def signing_side(
    role: Role, team_side: int | None, *, has_left: bool, of_firm: bool
) -> Side | None:
    """Return the side somebody may sign for, None for nobody's.

    A marketer signs for marketing, a rep for sales; a manager or admin only where their team is
    of that side. Prospect development works under the agreement but is no party to it.
    """
    if has_left or of_firm:
        return None
    if role is Role.MARKETER:
        return Side.MARKETING
    if role is Role.SALES_REP:
        return Side.SALES
    side = Side(team_side) if team_side and role in (Role.MANAGER, Role.ADMIN) else None
    return side if side in (Side.MARKETING, Side.SALES) else None


def changes(
    before: Clause,
    after: Clause,
    promised: Promises,
    promises: Promises,
    catalogue: Catalogue = LEAD_FIELDS,
) -> tuple[str, ...]:
    """Return what a version changes against the one before, in words."""
    return (*differences(before, after, catalogue), *promised.changes_to(promises))


# A sensible first draft for a new workspace (S3-7); both sides edit it before they sign.
FIRST_CRITERIA = all_of(
    NEED,
    EventTest("two-way-talk", within_days=90),
    FieldTest("fit_letter", "at_least", "b"),
    any_of(
        FieldTest("timeline_date", "within_next", Period(9, "months")),
        FieldTest("budget", "is_known"),
    ),
    FieldTest("heat_level", "at_least", "warm"),
)

# Where fit begins in a new workspace: who they are, before anybody has spoken with them.
FIRST_FIT_RULES: tuple[dict[str, Any], ...] = (
    {
        "label": "50 people or more",
        "clause": {"field": "employees", "operator": "at_least", "value": 50},
        "points": 30,
        "kind": "size",
        "cap": 50,
    },
    {
        "label": "250 people or more",
        "clause": {"field": "employees", "operator": "at_least", "value": 250},
        "points": 20,
        "kind": "size",
        "cap": 50,
    },
    {
        "label": "Industry known",
        "clause": {"field": "industry", "operator": "is_known"},
        "points": 10,
        "kind": "company",
    },
    {
        "label": "Company domain known",
        "clause": {"field": "domain", "operator": "is_known"},
        "points": 10,
        "kind": "company",
    },
    {
        "label": "Decides or runs the work",
        "clause": {
            "any": [
                {"field": "job_title", "operator": "contains", "value": word}
                for word in ("head", "director", "manager", "chief", "owner", "lead")
            ]
        },
        "points": 30,
        "kind": "person",
    },
    {
        "label": "Studies or looks for work",
        "clause": {
            "any": [
                {"field": "job_title", "operator": "contains", "value": word}
                for word in ("student", "intern", "trainee")
            ]
        },
        "points": -40,
        "kind": "person",
    },
)
