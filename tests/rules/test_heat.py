"""Heat as one number: decay in the reading, an order that stays, touches in any order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.codes import Temperature
from leadfarm.rules.heat import (
    Levels,
    add,
    as_of,
    cools_at,
    temperature,
    threshold,
    within_cap,
)

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
MONTH = timedelta(days=30)
moments = st.datetimes(
    min_value=datetime(2015, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)
)
points = st.floats(min_value=0.01, max_value=20)
half_lives = st.floats(min_value=0.5, max_value=720).map(lambda days: timedelta(days=days))
spans = st.floats(min_value=0, max_value=1000).map(lambda days: timedelta(days=days))


def test_engagement_halves_with_every_half_life():
    heat = add(None, 40, MAY, MONTH)
    assert as_of(heat, MAY, MONTH) == pytest.approx(40)
    assert as_of(heat, MAY + MONTH, MONTH) == pytest.approx(20)
    assert as_of(heat, MAY + 3 * MONTH, MONTH) == pytest.approx(5)
    assert as_of(None, MAY, MONTH) == 0


def test_two_touches_add_up_as_of_the_second():
    heat = add(add(None, 40, MAY, MONTH), 10, MAY + MONTH, MONTH)
    assert as_of(heat, MAY + MONTH, MONTH) == pytest.approx(30)


def test_points_of_nothing_leave_the_heat_alone():
    assert add(None, 0, MAY, MONTH) is None
    assert add(3.0, -5, MAY, MONTH) == 3.0


@given(points, moments, half_lives)
def test_reading_is_the_inverse_of_adding(given_points, at, half_life):
    assert as_of(add(None, given_points, at, half_life), at, half_life) == pytest.approx(
        given_points, rel=1e-6
    )


@given(st.lists(st.tuples(points, spans), min_size=1, max_size=4), half_lives, st.randoms())
def test_the_order_in_which_touches_arrive_does_not_matter(touches, half_life, random):
    shuffled = random.sample(touches, len(touches))
    one = other = None
    for many, span in touches:
        one = add(one, many, MAY + span, half_life, top=1e9)
    for many, span in shuffled:
        other = add(other, many, MAY + span, half_life, top=1e9)
    assert one == pytest.approx(other, abs=1e-6)


@given(points, points, moments, spans, half_lives)
def test_the_order_of_two_leads_never_changes_as_time_passes(one, other, at, span, half_life):
    first, second = add(None, one, at, half_life), add(None, other, at + span, half_life)
    later = at + span + timedelta(days=1)
    a, b = as_of(first, later, half_life), as_of(second, later, half_life)
    if a > b * (1 + 1e-9) and b > 0:
        assert first > second


@given(points, st.floats(min_value=0.1, max_value=99), moments, spans, half_lives)
def test_a_threshold_on_the_stored_heat_is_the_level_as_read(many, level, at, span, half_life):
    heat, now = add(None, many, at, half_life), at + span
    engagement = as_of(heat, now, half_life)
    if abs(engagement - level) > 1e-6:
        assert (heat >= threshold(level, now, half_life)) == (engagement > level)


@given(st.lists(st.tuples(st.floats(min_value=0, max_value=500), spans), max_size=6), half_lives)
def test_heat_is_never_above_its_top_and_never_falls_by_a_touch(touches, half_life):
    heat = None
    for many, span in touches:
        after = add(heat, many, MAY + span, half_life)
        assert heat is None or after >= heat
        heat = after
    end = MAY + timedelta(days=1000)
    assert 0 <= as_of(heat, end, half_life) <= 100


def test_the_cap_applies_when_the_touch_is_written():
    heat = add(add(None, 90, MAY, MONTH), 90, MAY, MONTH)
    assert as_of(heat, MAY + MONTH, MONTH) == pytest.approx(50)


def test_a_late_arriving_old_touch_does_not_cool_a_hot_lead():
    hot = add(None, 100, MAY + 2 * MONTH, MONTH)
    assert add(hot, 100, MAY, MONTH) == hot


def test_s1_18_temperature_falls_with_time_and_rises_with_evidence():
    levels = Levels(warm=15, hot=40)
    heat = add(None, 60, MAY, MONTH)
    read = [temperature(heat, MAY + span * MONTH, MONTH, levels) for span in (0, 1, 3)]
    assert read == [Temperature.HOT, Temperature.WARM, Temperature.COLD]
    assert temperature(None, MAY, MONTH, levels) is Temperature.COLD
    again = add(heat, 60, MAY + 3 * MONTH, MONTH)
    assert temperature(again, MAY + 3 * MONTH, MONTH, levels) is Temperature.HOT


def test_it_says_when_it_will_have_cooled():
    heat = add(None, 60, MAY, MONTH)
    at = cools_at(heat, 15, MONTH)
    assert abs(at - (MAY + 2 * MONTH)) < timedelta(seconds=1)


def test_a_kind_of_touch_gives_no_more_than_its_cap():
    assert within_cap(5, 8, 10) == 2
    assert within_cap(5, 12, 10) == 0
    assert within_cap(5, 12, None) == 5


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="half-life"):
        add(None, 5, MAY, timedelta(0))
    with pytest.raises(ValueError, match="above 0"):
        threshold(0, MAY, MONTH)
