"""The Python voice: three values, reasons (S3-7), humans only (law 8), no hindsight (law 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    EventTest,
    Facts,
    FieldTest,
    Known,
    Moment,
    Period,
    TouchFact,
    Truth,
    all_of,
    any_of,
    evaluate,
    none_of,
)
from leadfarm.rules.clauses.tree import Group, Node
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.stages import Stage

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
MOMENT = Moment(NOW)
MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
YES, NO = FieldTest("need", "is", "yes"), FieldTest("need", "is", "no")
MAYBE = FieldTest("country", "is", "DE")


def truth(node: Node, facts: Facts) -> Truth:
    clause = node if isinstance(node, Group) else all_of(node)
    return evaluate(clause, facts, LEAD_FIELDS, MOMENT).truth


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (all_of(YES, MAYBE), UNKNOWN),
        (all_of(NO, MAYBE), UNMET),
        (any_of(YES, MAYBE), MET),
        (any_of(NO, MAYBE), UNKNOWN),
        (none_of(YES, MAYBE), UNMET),
        (none_of(NO, MAYBE), UNKNOWN),
        (none_of(NO), MET),
        (all_of(), MET),
    ],
)
def test_unknown_stays_unknown_unless_the_others_settle_it(clause: Group, expected: Truth) -> None:
    assert truth(clause, Facts({"need": "Yes"})) is expected


def test_each_criterion_says_what_was_asked_found_and_where_it_is_written() -> None:
    touch = TouchFact(TouchKind.CONTACT_US, NOW - timedelta(days=3), NOW, ref="touch 9")
    clause = all_of(
        FieldTest("fit_letter", "at_least", "b"),
        FieldTest("budget_number", "at_least", 50_000),
        any_of(MAYBE, EventTest("contact-us", within_days=30)),
    )
    facts = Facts({"fit_letter": 64, "budget_number": Known(40_000, "finding 3")}, [touch])
    outcome = evaluate(clause, facts, LEAD_FIELDS, MOMENT)
    assert outcome.truth is UNMET
    assert [(r.path, r.truth, r.found, r.evidence) for r in outcome.reasons] == [
        ("all[0]", MET, "B (64)", None),
        ("all[1]", UNMET, "40,000", "finding 3"),
        ("all[2].any[0]", UNKNOWN, "nothing known", None),
        ("all[2].any[1]", MET, "once on 28 March 2026", "touch 9"),
    ]
    assert outcome.reasons[0].sentence == "fit is B or better"


@pytest.mark.parametrize(
    ("test", "raw", "expected"),
    [
        (FieldTest("amount", "is", 0.1), 0.1, MET),
        (FieldTest("amount", "between", (1, 2)), 2, MET),
        (FieldTest("amount", "more_than", 2), 2, UNMET),
        (FieldTest("fit_letter", "is", "a+"), 100, MET),
        (FieldTest("fit_letter", "is", "a"), 99, MET),
        (FieldTest("fit_letter", "is", "a"), 100, UNMET),
        (FieldTest("fit_letter", "at_most", "d"), 10, UNMET),
        (FieldTest("stage", "at_least", "sales-ready"), Stage.CUSTOMER, MET),
        (FieldTest("stage", "at_least", "sales-ready"), Stage.DORMANT, UNMET),
        (FieldTest("stage", "at_most", "nurturing"), Stage.SALES_READY, UNMET),
        (FieldTest("days_in_stage", "at_least", 7), NOW - timedelta(days=7), MET),
        (FieldTest("days_in_stage", "more_than", 7), NOW - timedelta(days=7), UNMET),
        (FieldTest("entered", "at_most", 7), NOW - timedelta(days=8), UNMET),
        (FieldTest("need", "contains", "GESCHÄFT"), "das Geschäft", MET),
        (FieldTest("need", "lacks", "x"), None, UNKNOWN),
        (FieldTest("need", "is_known"), "", UNMET),
        (FieldTest("need", "is_unknown"), None, MET),
        (FieldTest("close_date", "within_past", Period(1, "months")), date(2026, 2, 28), MET),
        (FieldTest("close_date", "within_past", Period(1, "months")), date(2026, 2, 27), UNMET),
        (FieldTest("close_date", "within_next", Period(1, "months")), date(2026, 4, 30), MET),
        (FieldTest("close_date", "within_next", Period(1)), date(2026, 4, 2), UNMET),
        (FieldTest("next_step_due", "passed"), NOW, MET),
        (FieldTest("buying_roles", "has_all", ("champion", "user")), {1}, UNMET),
        (FieldTest("buying_roles", "has_any", ("champion", "user")), {1}, MET),
        (FieldTest("buying_roles", "has_none", ("user",)), set(), MET),
        (FieldTest("heat", "at_least", 1), None, UNMET),
        (FieldTest("heat", "at_most", 0), None, MET),
        (FieldTest("heat", "at_least", 50), MOMENT.stored_heat(50), MET),
        (FieldTest("heat", "more_than", 50), MOMENT.stored_heat(50), UNMET),
        (FieldTest("heat_level", "is", "cold"), None, MET),
        (FieldTest("heat_level", "at_least", "warm"), MOMENT.stored_heat(15), MET),
        (FieldTest("source", "none_of", ("1", "2")), 3, MET),
    ],
)
def test_what_each_operator_means_on_its_edge(
    test: FieldTest, raw: object, expected: Truth
) -> None:
    assert truth(test, Facts({test.field: raw})) is expected


def call(days: float, *, known: float = 0, human: bool = True, came_to: int | None = None) -> Facts:
    at, known_at = NOW - timedelta(days=days), NOW + timedelta(days=known)
    return Facts({}, [TouchFact(TouchKind.CALL, at, known_at, human, came_to)])


@pytest.mark.parametrize(
    ("test", "facts", "expected"),
    [
        (EventTest("call", within_days=7), call(7), MET),
        (EventTest("call", within_days=7), call(7.001), UNMET),
        (EventTest("call", did=False, within_days=7), call(7.001), MET),
        (EventTest("call"), call(0), MET),
        (EventTest("call"), call(-0.001), UNMET),
        (EventTest("call"), call(1, known=0.001), UNMET),
        (EventTest("call"), call(1, human=False), UNMET),
        (EventTest("call", machines=True), call(1, human=False), MET),
        (EventTest("call", at_least=2), call(1), UNMET),
        (EventTest("two-way-talk"), call(1, came_to=Disposition.NO_ANSWER), UNMET),
        (EventTest("two-way-talk"), call(1, came_to=Disposition.NOT_NOW), MET),
        (EventTest("call", did=False), Facts({}), UNKNOWN),
    ],
)
def test_events_count_humans_in_their_window_as_known_then(
    test: EventTest, facts: Facts, expected: Truth
) -> None:
    assert truth(test, facts) is expected


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment(datetime(2026, 3, 31))
