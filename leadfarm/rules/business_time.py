"""Business hours: when something is due, over nights, weekends, holidays and clock changes (S4-8).

Instants come in and go out aware; they are counted as they pass (UTC), and only opening and closing
are read from the wall clock of the zone, so that the day the clocks change has its true length.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# More closed days in a row than any calendar has: then the calendar is wrong, not the lead.
_LOOK_AHEAD = 400


@dataclass(frozen=True)
class BusinessHours:
    """When people work: zone, opening and closing time, weekdays (Monday is 0), days off."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    opens: time = time(9)
    closes: time = time(17)
    weekdays: Set[int] = frozenset(range(5))
    holidays: Set[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse hours that never open."""
        if self.opens >= self.closes:
            raise ValueError(f"Opening {self.opens} must lie before closing {self.closes}.")
        if not self.weekdays & set(range(7)):
            raise ValueError("At least one weekday (0 is Monday) must be a working day.")

    def is_working_day(self, day: date) -> bool:
        """Whether anyone works on that day."""
        return day.weekday() in self.weekdays and day not in self.holidays


def due(start: datetime, hours: float, calendar: BusinessHours) -> datetime:
    """The instant (UTC) by which so many business hours have passed since `start`."""
    left = timedelta(hours=hours)
    for opens, closes in _openings(start, calendar):
        begin = max(opens, start.astimezone(UTC))
        if left <= closes - begin:
            return begin + left
        left -= closes - begin
    raise AssertionError("openings never end")


def elapsed(start: datetime, end: datetime, calendar: BusinessHours) -> timedelta:
    """How much business time lies between two instants; zero when `end` is not after `start`."""
    begin, finish = start.astimezone(UTC), end.astimezone(UTC)
    total = timedelta(0)
    if finish <= begin:
        return total
    for opens, closes in _openings(start, calendar):
        if opens >= finish:
            return total
        total += min(closes, finish) - max(opens, begin)
    raise AssertionError("openings never end")


def next_opening(at: datetime, calendar: BusinessHours) -> datetime:
    """`at` itself when it lies in business hours, else the next opening (UTC)."""
    opens, _closes = next(_openings(at, calendar))
    return max(opens, at.astimezone(UTC))


def add_working_days(start: datetime, days: int, calendar: BusinessHours) -> datetime:
    """The same wall-clock time so many working days on (UTC); 0: today or the next working day."""
    local = start.astimezone(calendar.zone)
    day, left = _next_working_day(local.date(), calendar), days
    while left > 0:
        day = _next_working_day(day + timedelta(days=1), calendar)
        left -= 1
    return _instant(day, local.time(), calendar.zone)


def next_weekday(start: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) after `start` on this weekday (Monday is 0) at this local time."""
    today = start.astimezone(zone).date()
    ahead = (weekday - today.weekday()) % 7
    instant = _instant(today + timedelta(days=ahead), at, zone)
    if instant > start:
        return instant
    return _instant(today + timedelta(days=ahead + 7), at, zone)


def _openings(start: datetime, calendar: BusinessHours) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of each working day whose closing lies after `start`, in order."""
    moment = start.astimezone(UTC)
    day = start.astimezone(calendar.zone).date()
    while True:
        day = _next_working_day(day, calendar)
        closes = _instant(day, calendar.closes, calendar.zone)
        if closes > moment:
            yield _instant(day, calendar.opens, calendar.zone), closes
        day += timedelta(days=1)


def _next_working_day(day: date, calendar: BusinessHours) -> date:
    for ahead in range(_LOOK_AHEAD):
        if calendar.is_working_day(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    raise ValueError(f"No working day in {_LOOK_AHEAD} days from {day}: check the holidays.")


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone).astimezone(UTC)
