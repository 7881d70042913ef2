"""Limits of sending as a rule: whatever is promised keeps every limit, and nothing waits longer."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from leadfarm.rules.sending_pace import (
    WARM_UP_DAYS,
    Book,
    Limits,
    Pace,
    WarmUp,
    promised,
    retry_after,
)

BERLIN = ZoneInfo("Europe/Berlin")
# Three days over the change to winter time: one of them has 25 hours.
NOW = datetime(2026, 10, 24, 21, 58, 30, tzinfo=UTC)
limit = some.none() | some.integers(1, 40)


@given(limit, limit, limit, some.lists(some.tuples(some.integers(0, 40), some.integers(0, 4000))))
def test_whatever_is_promised_keeps_every_limit(
    minute: int | None, hour: int | None, day: int | None, asked: list[tuple[int, int]]
) -> None:
    pace, book, now = Pace(Limits(minute, hour, day), BERLIN), Book(NOW), NOW
    given_out: list[datetime] = []
    for count, seconds in asked:
        now += timedelta(seconds=seconds)
        times, book = promised(book.turned(now, pace), pace, count)
        assert times == sorted(times)
        assert all(at >= now for at in times)
        given_out += times
    assert given_out == sorted(given_out), "first come, first served"
    for span, most in enumerate((minute, hour, day)):
        filled = Counter(pace.starts(at)[span] for at in given_out)
        assert max(filled.values(), default=0) <= (most or 10**9)


def test_what_exceeds_the_limit_goes_in_the_first_moment_with_room() -> None:
    pace = Pace(Limits(hour=2, day=5), BERLIN)
    times, _ = promised(Book(NOW), pace, 7)
    midnight = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # in Berlin
    hours = [0, 0, 1, 1, 2]
    assert times == [NOW, NOW, *(midnight + timedelta(hours=hour) for hour in hours)]


def test_a_new_mailbox_grows_from_fifty_to_its_limit_in_six_weeks() -> None:
    plan = WarmUp(date(2026, 3, 2), 2_000)
    caps = [plan.cap(place) for place in range(1, WARM_UP_DAYS + 3)]
    assert (caps[0], caps[WARM_UP_DAYS - 1], caps[-1]) == (50, 2_000, 2_000)
    assert caps == sorted(caps)
    assert max(b / a for a, b in pairwise(caps)) < 1.15, "no jump on any day"
    assert plan.weeks()[0] == (1, 50, caps[6])
    assert plan.place(date(2026, 3, 13)) == 12
    pace = Pace(Limits(day=2_000), BERLIN, plan)
    assert pace.at(datetime(2026, 3, 2, 12, tzinfo=UTC))[2] == 50
    assert WarmUp(date(2026, 3, 2), 20).cap(1) == 20, "never above its limit"


def test_a_later_try_waits_longer_each_time_and_not_all_wait_the_same() -> None:
    pauses = [retry_after(attempts, 7) for attempts in range(1, 7)]
    assert pauses == sorted(pauses)
    assert pauses == [retry_after(attempts, 7) for attempts in range(1, 7)], "the same again"
    spread = [retry_after(1, message) / timedelta(minutes=15) for message in range(1000)]
    assert 0.8 <= min(spread) < 0.82
    assert 1.18 < max(spread) <= 1.2
    assert len(Counter(round(one, 2) for one in spread)) > 35
    assert retry_after(60, 1) <= timedelta(hours=15)
