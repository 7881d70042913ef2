"""S4-8: due times over nights, weekends, holidays, time zones and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadfarm.rules.business_time import (
    BusinessHours,
    add_working_days,
    due,
    elapsed,
    next_opening,
    next_weekday,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = BusinessHours(BERLIN)


def berlin(*parts):
    return datetime(*parts, tzinfo=BERLIN)


def test_s2_17_a_greeting_is_due_in_business_hours():
    assert due(berlin(2026, 3, 3, 10), 4, HOURS) == berlin(2026, 3, 3, 14)
    assert due(berlin(2026, 3, 3, 15), 4, HOURS) == berlin(2026, 3, 4, 11)


def test_s4_8_a_friday_evening_inquiry_is_due_on_monday():
    assert due(berlin(2026, 3, 6, 20), 4, HOURS) == berlin(2026, 3, 9, 13)


def test_s4_8_holidays_do_not_count():
    easter = BusinessHours(BERLIN, holidays={date(2026, 4, 3), date(2026, 4, 6)})
    assert due(berlin(2026, 4, 2, 16), 2, easter) == berlin(2026, 4, 7, 10)


def test_s4_8_a_day_on_which_the_clocks_change_has_its_true_length():
    night_shift = BusinessHours(BERLIN, time(1), time(9), weekdays=frozenset(range(7)))
    spring = due(berlin(2026, 3, 29, 0), 7, night_shift)
    assert spring == berlin(2026, 3, 29, 9)
    assert elapsed(berlin(2026, 3, 29, 0), berlin(2026, 3, 30, 0), night_shift) == timedelta(
        hours=7
    )
    assert elapsed(berlin(2026, 10, 25, 0), berlin(2026, 10, 26, 0), night_shift) == timedelta(
        hours=9
    )


def test_s4_8_the_zone_of_the_workspace_counts_not_that_of_the_instant():
    tokyo = BusinessHours(ZoneInfo("Asia/Tokyo"))
    at = datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert due(at, 1, tokyo) == datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert due(at, 1, tokyo).tzinfo is UTC


def test_next_opening_is_now_when_open():
    assert next_opening(berlin(2026, 3, 3, 10), HOURS) == berlin(2026, 3, 3, 10)
    assert next_opening(berlin(2026, 3, 7, 10), HOURS) == berlin(2026, 3, 9, 9)


def test_working_days_keep_the_time_of_day_over_a_clock_change():
    assert add_working_days(berlin(2026, 3, 27, 10), 1, HOURS) == berlin(2026, 3, 30, 10)
    assert add_working_days(berlin(2026, 3, 28, 10), 0, HOURS) == berlin(2026, 3, 30, 10)
    assert add_working_days(berlin(2026, 3, 3, 10), 5, HOURS) == berlin(2026, 3, 10, 10)


def test_the_next_tuesday_at_ten_is_never_now():
    tuesday_ten = berlin(2026, 3, 3, 10)
    assert next_weekday(tuesday_ten, 1, time(10), BERLIN) == berlin(2026, 3, 10, 10)
    assert next_weekday(berlin(2026, 3, 3, 9), 1, time(10), BERLIN) == tuesday_ten


def test_hours_that_never_open_are_refused():
    with pytest.raises(ValueError, match="before closing"):
        BusinessHours(opens=time(17), closes=time(9))
    with pytest.raises(ValueError, match="working day"):
        BusinessHours(weekdays=frozenset())
    every_day = {date(2026, 1, 1) + timedelta(days=n) for n in range(900)}
    with pytest.raises(ValueError, match="check the holidays"):
        due(berlin(2026, 3, 3, 10), 1, BusinessHours(BERLIN, holidays=every_day))


instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(instants, st.integers(min_value=1, max_value=6000))
def test_s4_8_what_is_due_in_so_many_minutes_is_reached_after_so_many(start, minutes):
    at = due(start, minutes / 60, HOURS)
    assert abs(elapsed(start, at, HOURS) - timedelta(minutes=minutes)) < timedelta(seconds=1)
    local = at.astimezone(BERLIN)
    assert HOURS.is_working_day(local.date())
    assert time(9) <= local.time() <= time(17)
