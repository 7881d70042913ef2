"""How fast mail may go out: limits a minute, an hour and a day, and when what exceeds them goes.

The minutes and hours are those of the clock, the day is the workspace's. A limit is kept twice: a
book of what was used says how many may go now, a book of what was promised gives each message that
must wait a time of its own, so that nobody asks for the same one again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# What a mailbox that nobody knows yet may send on its first day, and how long it stays new.
FIRST_DAY = 50
WARM_UP_WEEKS = 6
WARM_UP_DAYS = 7 * WARM_UP_WEEKS
ENDLESS = 2**31 - 1


class Limits(NamedTuple):
    """How many may go out in one minute, hour and day; None where there is no limit."""

    minute: int | None = None
    hour: int | None = None
    day: int | None = None

    def least(self) -> tuple[int, int, int]:
        """Return them as numbers."""
        minute, hour, day = (ENDLESS if limit is None else limit for limit in self)
        return minute, hour, day


@dataclass(frozen=True)
class WarmUp:
    """A new mailbox: its daily cap grows by the same factor every day, from 50 to its limit."""

    began: date
    goal: int

    def place(self, day: date) -> int:
        """Return which day of the plan this is, 1 the first; above WARM_UP_DAYS it is over."""
        return max((day - self.began).days, 0) + 1

    def cap(self, place: int) -> int:
        """Return how many may go out on that day of the plan."""
        if place > WARM_UP_DAYS or self.goal <= FIRST_DAY:
            return self.goal
        growth: float = (self.goal / FIRST_DAY) ** ((place - 1) / (WARM_UP_DAYS - 1))
        return min(round(FIRST_DAY * growth), self.goal)

    def weeks(self) -> list[tuple[int, int, int]]:
        """Return number, first and last daily cap of each week of the plan."""
        return [
            (week, self.cap(7 * week - 6), self.cap(7 * week))
            for week in range(1, WARM_UP_WEEKS + 1)
        ]


@dataclass(frozen=True)
class Pace:
    """The limits that hold for a mailbox, or for one domain of recipients."""

    limits: Limits
    zone: ZoneInfo
    warm_up: WarmUp | None = None

    def at(self, moment: datetime) -> tuple[int, int, int]:
        """Return how many may go in the minute, hour and day of this moment."""
        minute, hour, day = self.limits.least()
        if self.warm_up is not None:
            place = self.warm_up.place(moment.astimezone(self.zone).date())
            day = min(day, self.warm_up.cap(place))
        return minute, hour, day

    def starts(self, moment: datetime) -> tuple[datetime, datetime, datetime]:
        """Return when the minute, hour and day of this moment began, in UTC."""
        whole = moment.astimezone(UTC).replace(second=0, microsecond=0)
        midnight = datetime.combine(moment.astimezone(self.zone).date(), time(), self.zone)
        return whole, whole.replace(minute=0), midnight.astimezone(UTC)

    def after(self, moment: datetime, span: int) -> datetime:
        """Return when the next minute (0), hour (1) or day (2) begins, in UTC."""
        minute, hour, _ = self.starts(moment)
        tomorrow = moment.astimezone(self.zone).date() + timedelta(days=1)
        day = datetime.combine(tomorrow, time(), self.zone).astimezone(UTC)
        return (minute + MINUTE, hour + HOUR, day)[span]


class Book(NamedTuple):
    """How many there are in the minute, hour and day of one moment."""

    at: datetime
    minute: int = 0
    hour: int = 0
    day: int = 0

    def turned(self, now: datetime, pace: Pace) -> Book:
        """Return the book at `now`; a book that is ahead of it stays."""
        if now <= self.at:
            return self
        same = [a == b for a, b in zip(pace.starts(self.at), pace.starts(now), strict=True)]
        counts = [count if kept else 0 for count, kept in zip(self[1:], same, strict=True)]
        return Book(now, *counts)

    def plus(self, count: int) -> Book:
        """Return the book with so many more, or fewer."""
        return Book(self.at, *(max(had + count, 0) for had in self[1:]))

    def room(self, pace: Pace) -> int:
        """Return how many more fit into all three."""
        return max(min(may - had for may, had in zip(pace.at(self.at), self[1:], strict=True)), 0)

    def full(self, pace: Pace) -> int:
        """Return the longest of the three that is full: 0 the minute, 1 the hour, 2 the day."""
        spans = zip(pace.at(self.at), self[1:], strict=True)
        return max(span for span, (may, had) in enumerate(spans) if had >= may)


def promised(book: Book, pace: Pace, count: int) -> tuple[list[datetime], Book]:
    """Return when so many more may go, the earliest first, and the book with them in it."""
    times: list[datetime] = []
    while len(times) < count:
        room = book.room(pace)
        if not room:
            book = book.turned(pace.after(book.at, book.full(pace)), pace)
            continue
        now = min(room, count - len(times))
        times += [book.at] * now
        book = book.plus(now)
    return times, book


def later_of(used: Book, book: Book, pace: Pace) -> Book:
    """Return the book of promises as it must go on: not before the first moment with room."""
    if used.room(pace):
        return book if book.at > used.at else used
    free = used.turned(pace.after(used.at, used.full(pace)), pace)
    return book if book.at >= free.at else free


def retry_after(attempts: int, seed: int) -> timedelta:
    """Return the pause after so many attempts: a quarter of an hour, doubling up to twelve hours.

    Spread by a fifth to both sides, always the same for one seed, so that what was put off
    together does not come back together.
    """
    doubled: int = 2 ** min(attempts - 1, 10)
    pause = min(timedelta(minutes=15) * doubled, timedelta(hours=12))
    # A prime larger than any seed modulo it spreads neighbours over the whole range.
    part = (seed * 2_654_435_761 + attempts * 40_503) % 65_536 / 65_536
    return pause * (0.8 + 0.4 * part)
