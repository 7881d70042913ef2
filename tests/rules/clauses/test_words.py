"""A clause reads as an English sentence, and two clauses as what changed (S3-8)."""

import pytest

from leadfarm.rules.clauses import (
    EVERYONE,
    LEAD_FIELDS,
    Choice,
    EventTest,
    FieldTest,
    Period,
    all_of,
    any_of,
    differences,
    none_of,
    sentence,
)

FIT = FieldTest("fit_letter", "at_least", "b")
HEAT = FieldTest("heat", "at_least", 50)
ASKED = EventTest("hand-raise", within_days=30)


def test_groups_read_with_their_brackets() -> None:
    said = sentence(all_of(FIT, any_of(HEAT, ASKED)), LEAD_FIELDS)
    assert said == "fit is B or better and (heat is at least 50 or asked for sales within 30 days)"
    assert sentence(none_of(HEAT, ASKED), LEAD_FIELDS) == (
        "not (heat is at least 50 or asked for sales within 30 days)"
    )
    assert sentence(EVERYONE, LEAD_FIELDS) == "every lead"


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (FieldTest("stage", "at_least", "accepted"), "stage is Accepted or later"),
        (FieldTest("days_in_stage", "more_than", 1), "time in stage is more than 1 day"),
        (FieldTest("amount", "between", (1000, 25000.5)), "amount is between 1,000 and 25,000.5"),
        (FieldTest("job_title", "contains", "IT"), "job title contains “IT”"),
        (FieldTest("budget", "is_known"), "budget is known"),
        (
            FieldTest("close_date", "within_next", Period(3, "months")),
            "close date is within the next 3 months",
        ),
        (FieldTest("close_date", "before", "2026-03-02"), "close date is before 2 March 2026"),
        (FieldTest("next_step_due", "passed"), "next step has passed"),
        (
            FieldTest("buying_roles", "has_all", ("champion", "user")),
            "the roles filled include Champion and User",
        ),
        (
            EventTest("mail-clicked", at_least=3, within_days=1, machines=True),
            "clicked a link at least 3 times within 1 day (machines count too)",
        ),
        (EventTest("call", did=False), "was not called"),
        (FieldTest("source", "is", "4"), "source is no. 4"),
    ],
)
def test_each_test_reads_as_people_say_it(test: FieldTest | EventTest, said: str) -> None:
    assert sentence(test, LEAD_FIELDS) == said


def test_a_workspace_names_its_own_sources() -> None:
    named = LEAD_FIELDS.with_choices(source=[Choice("4", "Trade fair", 4)])
    assert sentence(FieldTest("source", "is", "4"), named) == "source is Trade fair"


def test_differences_name_what_was_changed_added_and_removed() -> None:
    old = all_of(FIT, any_of(HEAT, ASKED), FieldTest("budget", "is_known"))
    hotter = FieldTest("heat", "at_least", 60)
    new = all_of(any_of(ASKED, hotter), FIT, FieldTest("need", "is_known"))
    assert differences(old, new, LEAD_FIELDS) == (
        "Changed, in “heat is at least 50 or asked for sales within 30 days”: "
        "“heat is at least 50” became “heat is at least 60”.",
        "Removed: budget is known.",
        "Added: the need is known.",
    )
    assert differences(old, old, LEAD_FIELDS) == ()
    assert differences(all_of(HEAT), any_of(HEAT), LEAD_FIELDS) == (
        "Changed: “all of” became “any of”.",
    )
