"""Each figure of CAPABILITIES D against its printed oracle."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.metrics.figures import (
    acceptance,
    cost_per_qualified,
    forecast_error,
    median_days,
    middle,
    quantile,
    stage_conversion,
    velocity,
    win_rate,
)
from leadfarm.rules.metrics.intervals import newcombe, rate, too_few, wilson
from leadfarm.rules.metrics.survival import kaplan_meier


def test_wilson_as_published():
    """Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for hits, n, low, high in [
        *[(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
        *[(0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    ]:
        assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilson_holds_its_share_and_stays_within_bounds(hits, misses):
    low, high = wilson(hits, hits + misses)
    assert 0 <= low <= high <= 1
    if hits + misses:
        assert low <= hits / (hits + misses) <= high


def test_impossible_shares_are_refused():
    with pytest.raises(ValueError, match="5 of 3"):
        wilson(5, 3)


def test_d_17_newcombe_says_not_shown_yet():
    lift = newcombe(60, 1000, 20, 500)
    assert lift.value == pytest.approx(0.02)
    assert (lift.low, lift.high) == pytest.approx((-0.005, 0.042), abs=1e-3)
    assert not lift.is_shown
    assert newcombe(120, 1000, 20, 500).is_shown


def test_s1_12_few_cases_or_a_wide_interval_are_too_few_to_tell():
    assert rate(3, 5).is_too_few
    assert rate(10, 20).is_too_few
    assert not rate(271, 2296).is_too_few
    assert too_few(9)
    assert not too_few(10)
    assert rate(0, 0).value is None
    assert rate(0, 0).is_too_few


def test_d_9_kaplan_meier_with_greenwood():
    curve = kaplan_meier([30, 90, 90, 200], [60, 120, 150, 365, 365, 365])
    shown = [round(step.converted, 5) for step in curve.steps]
    assert shown == [0.1, 0.325, 0.49375]
    assert curve.at(365).error == pytest.approx(0.187, abs=5e-4)
    assert curve.at(29).converted == 0
    assert curve.at(89).converted == pytest.approx(0.1)


def test_s1_2_the_naive_share_is_not_the_answer():
    curve = kaplan_meier([30, 90, 90, 200], [60, 120, 150, 365, 365, 365])
    assert curve.at(365).converted > 0.4
    low, high = curve.at(365).interval
    assert 0 < low < 0.49375 < high < 1


def test_law_10_what_nobody_was_watched_for_is_not_stated():
    curve = kaplan_meier([10], [40, 60])
    assert curve.is_observed(60)
    assert not curve.is_observed(365)
    assert not kaplan_meier([]).is_observed(0)


def test_a_cohort_that_all_converted_ends_at_one():
    last = kaplan_meier([5, 9]).at(20)
    assert (last.converted, last.error, last.interval) == (1.0, 0.0, (1.0, 1.0))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_without_censoring_the_curve_is_the_plain_share(days):
    curve = kaplan_meier(days)
    for age in (1, 10, 30, 60):
        plain = sum(1 for day in days if day <= age) / len(days)
        assert curve.at(age).converted == pytest.approx(plain)


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=20),
    st.lists(st.integers(1, 60), max_size=20),
)
def test_open_leads_are_never_failures(events, censored):
    converted = kaplan_meier(events, censored).at(60).converted
    assert converted >= len(events) / (len(events) + len(censored)) - 1e-9


def test_d_1_cost_per_qualified_opportunity():
    cost = {"media": Decimal(30_000), "tools": Decimal(5_000), "vendor": Decimal(5_000)}
    assert cost_per_qualified(**cost, people=Decimal(20_000), qualified=24) == 2500
    assert cost_per_qualified(**cost, people=Decimal(0), qualified=0) is None


def test_d_2_stage_conversion():
    assert stage_conversion(200, 50).value == 0.25


def test_d_3_expired_counts_against_sales():
    assert acceptance(60, 20, 20).value == 0.6


def test_d_4_velocity():
    per_day = velocity(100, 0.25, Decimal(50_000), 60)
    assert per_day is not None
    assert round(per_day, 2) == Decimal("20833.33")
    assert velocity(100, 0.25, Decimal(50_000), 0) is None


def test_d_5_win_rate():
    assert win_rate(1, 4).value == 0.2
    assert win_rate(0, 0).value is None


def test_d_12_forecast_error():
    error = forecast_error([1000, 1200], [900, 1300])
    assert error is not None
    assert round(error.wape * 100, 2) == 9.09
    assert error.bias == 0
    assert forecast_error([100], [0]) is None
    with pytest.raises(ValueError, match="zip"):
        forecast_error([1], [1, 2])


def test_the_median_comes_with_its_interval():
    shown = middle(list(range(1, 101)))
    assert shown is not None
    assert (shown.value, shown.n) == (50.5, 100)
    assert (shown.low, shown.high) == (40, 61)
    assert middle([]) is None
    few = middle([3, 1, 2])
    assert few is not None
    assert (few.value, few.low, few.high) == (2, None, None)
    assert median_days([14, 2, 40]) == 14
    assert median_days([]) is None


def test_a_quantile_reads_like_percentile_cont():
    shown = quantile([10, 20, 30, 40], 0.9)
    assert shown is not None
    assert shown.value == pytest.approx(37)
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile([1], 1.0)
