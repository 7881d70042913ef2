"""Judgement, fit and cells for spreadsheets."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.codes import Judgement
from leadfarm.rules.csv_safety import escape_cell, unescape_cell
from leadfarm.rules.fit import Scored, fit, letter
from leadfarm.rules.judgement import first_judgement, judge

TODAY = date(2026, 3, 2)
CYCLE = timedelta(days=60)


def test_s1_5_short_term_is_within_two_median_cycles():
    edge = TODAY + timedelta(days=120)
    assert judge(TODAY, buying_date=edge, median_cycle=CYCLE).judgement is Judgement.SHORT_TERM
    beyond = judge(TODAY, buying_date=edge + timedelta(days=1), median_cycle=CYCLE)
    assert beyond.judgement is Judgement.LONG_TERM
    assert "60 days" in beyond.reason


def test_s1_5_the_same_lead_turns_short_term_as_time_passes():
    buying = TODAY + timedelta(days=300)
    assert judge(TODAY, buying_date=buying, median_cycle=CYCLE).judgement is Judgement.LONG_TERM
    later = TODAY + timedelta(days=200)
    assert judge(later, buying_date=buying, median_cycle=CYCLE).judgement is Judgement.SHORT_TERM


def test_s1_5_unjudged_is_not_none():
    assert judge(TODAY, buying_date=None).judgement is None
    assert judge(TODAY, buying_date=None, no_potential=True).judgement is Judgement.NONE
    assert "ask again" in judge(TODAY, buying_date=TODAY - timedelta(days=1)).reason


def test_s3_18_the_first_judgement_is_the_earliest_known():
    march, april = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    history = [(april, Judgement.SHORT_TERM), (march, Judgement.LONG_TERM), (march, None)]
    assert first_judgement(history) == (march, Judgement.LONG_TERM)
    assert first_judgement([]) is None


def test_s2_6_everyone_starts_at_d_and_moves_by_thirds():
    assert [letter(points) for points in (0, 10, 20, 30, 100)] == ["D", "D+", "C-", "C", "A+"]
    assert [letter(points) for points in (-1, -20, -500, 900)] == ["D-", "F", "F", "A+"]


def test_fit_caps_a_group_and_says_why():
    rules = [
        Scored("Industry fits", 30, True),
        Scored("Opened page A", 20, True, "site"),
        Scored("Opened page B", 20, True, "site"),
        Scored("Too small", -10, False),
        Scored("Has a plant", 20, None),
    ]
    result = fit(rules, {"site": 25})
    assert (result.points, result.letter) == (55, "B-")
    assert result.known_share == 0.8
    assert result.chips[0].label == "Industry fits"
    assert result.chips[-1].is_unknown
    assert "Too small" not in [chip.label for chip in result.chips]


def test_no_rules_no_fit():
    assert fit([]).known_share == 0.0


def test_formulas_are_escaped_and_numbers_are_not():
    for harmful in ("=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "@SUM(A1)", "\t=1", "  =1"):
        assert escape_cell(harmful) == f"'{harmful}"
    for harmless in ("-5", "+49 30 123456", "-3,5 %".replace(" ", ""), "Anna", "", "a=b", "'tis"):
        assert escape_cell(harmless) == harmless


@given(st.text())
def test_an_export_read_back_is_what_it_was(text):
    escaped = escape_cell(text)
    assert unescape_cell(escaped) == text
    assert not escaped.startswith(("=", "@", "\t", "\r"))
