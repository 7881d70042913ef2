"""Small worlds for the property test: leads with histories on the edges, clauses about them.

`reading.py` turns a world into facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from leadfarm.rules import heat
from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    EventTest,
    FieldTest,
    Group,
    Period,
    Shape,
)
from leadfarm.rules.clauses.tree import HOWS
from leadfarm.rules.codes import Disposition, FindingSection, TouchKind
from leadfarm.rules.stages import Stage

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAYS = (0, 1, 7, 30, 31, 365)
TEXTS = ("", "Zürich", "ZÜRICH", "Head of IT", "head", "50 %", "a_b", "a\\b", "ΣΑΣ", "ßen")
NUMBERS = (-1, 0, 0.1, 15, 40, 50, 60, 99.5, 100)
KINDS = (
    *(TouchKind.CALL, TouchKind.CONTACT_US, TouchKind.MEETING),
    *(TouchKind.MAIL_CLICKED, TouchKind.MAIL_SENT),
)
SECTIONS = (
    *(FindingSection.BUDGET, FindingSection.TIMELINE, FindingSection.PEOPLE),
    FindingSection.COMPETITION,
)
PLACES = ("", "amount", "decision", "role", "vendor", "status")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def moments_near(now: datetime) -> st.SearchStrategy[datetime]:
    """On the edges of the windows, and one microsecond beside them; also later than now."""
    edge = st.sampled_from([now - timedelta(days=days) for days in DAYS])
    later = st.just(now + timedelta(days=2))
    return st.tuples(edge | later, st.sampled_from([-TICK, TICK * 0, TICK])).map(sum_of)


def sum_of(pair: tuple[datetime, timedelta]) -> datetime:
    return pair[0] + pair[1]


NEAR = moments_near(NOW)
DATES = st.sampled_from(
    [NOW.date() + timedelta(days=days) for days in (-31, -30, -1, 0, 1, 30, 31)]
    + [date(2026, 2, 28), date(2026, 4, 30)]
)
AMOUNTS = st.sampled_from([Decimal("0.1"), Decimal(50), Decimal("99.5"), Decimal(100)])


@st.composite
def stored_heats(draw: st.DrawFn) -> float | None:
    level = draw(st.sampled_from([0, 1, 15, 40, 50, 60, 100]))
    return heat.threshold(level, NOW, heat.HALF_LIFE) if level else None


@dataclass
class World:
    """One lead: the rows of each table, as dictionaries."""

    lead: dict[str, Any]
    standing: dict[str, Any]
    account: dict[str, Any] | None
    contact: dict[str, Any] | None
    touches: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    roles: list[int | None] = field(default_factory=list)


LEAD = st.fixed_dictionaries(
    {
        "need": st.sampled_from(TEXTS),
        "source_id": maybe(st.sampled_from([1, 2])),
        "campaign_id": maybe(st.sampled_from([1, 2])),
        "marketing_owner_id": maybe(st.sampled_from([1, 2])),
        "pd_owner_id": maybe(st.sampled_from([1, 2])),
        "sales_owner_id": maybe(st.sampled_from([1, 2])),
        "entered_at": NEAR,
        "known_at": st.just(NOW - timedelta(days=400)),
        "origin": st.sampled_from([1, 2]),
        "amount": maybe(AMOUNTS),
        "close_on": maybe(DATES),
        "forecast": maybe(st.sampled_from([1, 2, 3])),
    }
)
STANDING = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([each.value for each in Stage]),
        "stage_since": NEAR,
        "whose_move": st.sampled_from([1, 2, 3, 4]),
        "next_at": maybe(NEAR),
        "heat": stored_heats(),
        "unscored": st.sampled_from([False, False, False, True]),
        "fit": maybe(st.sampled_from([0, 9, 10, 50, 60, 99, 100])),
        "judgement": maybe(st.sampled_from([1, 2, 3])),
    }
)
ACCOUNT = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["", "DE", "FR"]),
        "industry": st.sampled_from(TEXTS),
        "employees": maybe(st.sampled_from([9, 10, 15, 50, 100, 6000])),
        "sector": maybe(st.sampled_from([1, 2])),
        "domain": maybe(st.just("nordpump.example")),
    }
)
CONTACT = st.fixed_dictionaries(
    {
        "job_title": st.sampled_from(TEXTS),
        "country": st.sampled_from(["", "DE"]),
        "seniority": maybe(st.sampled_from([1, 4, 7])),
        "department": maybe(st.sampled_from([1, 2])),
    }
)
TOUCH = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([each.value for each in KINDS]),
        "disposition": maybe(st.sampled_from([each.value for each in Disposition])),
        "by_machine": st.booleans(),
        "happened_at": NEAR,
        "known_at": NEAR,
    }
)
FINDING = st.fixed_dictionaries(
    {
        "section": st.sampled_from([each.value for each in SECTIONS]),
        "field": st.sampled_from(PLACES),
        "thread": st.sampled_from([0, 0, 5]),
        "withdrawn": st.sampled_from([False, False, False, True]),
        "words": maybe(st.sampled_from(TEXTS)),
        "value_number": maybe(AMOUNTS),
        "value_date": maybe(DATES),
        "value_code": maybe(st.sampled_from([1, 2, 3])),
        "confidence": st.sampled_from([1, 2, 3]),
        "source": st.sampled_from(["", "form", "form", "confirmed"]),
        "touch_id": maybe(st.just(3)),
        "member_id": maybe(st.just(2)),
        "known_at": NEAR,
    }
)
CHANGE = st.fixed_dictionaries(
    {
        "to_stage": st.sampled_from([each.value for each in Stage]),
        "happened_at": NEAR,
        "known_at": NEAR,
    }
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World(
        draw(LEAD),
        draw(STANDING),
        draw(maybe(ACCOUNT)),
        draw(maybe(CONTACT)),
        draw(st.lists(TOUCH, min_size=2, max_size=5)),
        draw(st.lists(FINDING, min_size=4, max_size=9)),
        draw(st.lists(CHANGE, min_size=1, max_size=3)),
        draw(st.lists(maybe(st.sampled_from([1, 2, 3])), max_size=3)),
    )
    for touch in world.touches:
        touch["heat_after"] = None if touch["by_machine"] else draw(stored_heats())
    if world.standing["unscored"]:  # the database keeps it so (leads/migrations)
        world.standing |= {"heat": None, "fit": None}
    return world


def value_of(draw: st.DrawFn, name: str, shape: Shape) -> Any:
    field = LEAD_FIELDS.fields[name]
    keys = [each.key for each in field.choices] or ["1", "2", "3"]
    ranked = [each.key for each in field.choices if each.is_ranked]
    numbers = DAYS if field.kind.value == "age" else NUMBERS
    strategies: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.NOTHING: st.none(),
        Shape.NUMBER: st.sampled_from(numbers),
        Shape.NUMBERS: st.tuples(st.sampled_from(numbers), st.sampled_from(numbers)).map(
            lambda pair: tuple(sorted(pair))
        ),
        Shape.TEXT: st.sampled_from([*TEXTS[1:], "%", "_", "\\"]),
        Shape.TEXTS: st.lists(st.sampled_from(TEXTS[1:]), min_size=1, max_size=3).map(tuple),
        Shape.CHOICE: st.sampled_from(keys),
        Shape.RANK: st.sampled_from(ranked or keys),
        Shape.CHOICES: st.lists(st.sampled_from(keys), min_size=1, max_size=3).map(tuple),
        Shape.DATE: DATES.map(date.isoformat),
        Shape.PERIOD: st.builds(Period, st.sampled_from([1, 30]), st.just("days"))
        | st.builds(Period, st.sampled_from([1, 12]), st.just("months")),
        Shape.YES_NO: st.booleans(),
    }
    return draw(strategies[shape])


ASKED = [
    name for name in LEAD_FIELDS.fields if not name.startswith(("profile", "event", "pain", "hot"))
]
EVENTS = [each.slug for each in KINDS]
EVENTS += ["two-way-talk", "hand-raise", "inquiry", "disposition-no-answer"]


@st.composite
def field_tests(draw: st.DrawFn) -> FieldTest:
    name = draw(st.sampled_from(ASKED))
    operator = draw(st.sampled_from(LEAD_FIELDS.fields[name].operators))
    return FieldTest(name, operator.name, value_of(draw, name, operator.shape))


EVENT_TESTS = st.builds(
    EventTest,
    kind=st.sampled_from(EVENTS),
    did=st.booleans(),
    at_least=st.sampled_from([1, 1, 2]),
    within_days=st.none() | st.sampled_from(DAYS[1:]),
    machines=st.booleans(),
)
LEAVES = field_tests() | EVENT_TESTS


def groups(members: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
    return st.builds(
        Group, st.sampled_from(HOWS), st.lists(members, min_size=1, max_size=3).map(tuple)
    )


CLAUSES = groups(st.recursive(LEAVES, groups, max_leaves=6))
