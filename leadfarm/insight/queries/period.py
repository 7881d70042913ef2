"""The period a report is about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
END_OF_YEARS = 3_000


@dataclass(frozen=True)
class Period:
    """Leads that entered from `since` until just before `until`."""

    since: datetime
    until: datetime

    @property
    def first_day(self) -> date:
        """Return the first day of the period."""
        return self.since.date()

    @property
    def last_day(self) -> date:
        """Return the last day of the period."""
        return (self.until - timedelta(microseconds=1)).date()


def all_time(now: datetime) -> Period:
    """Return the period from the beginning until now."""
    return Period(BEGINNING, now)


def read_period(first: str, last: str, now: datetime) -> Period:
    """Return the period between two ISO days, both included; what is missing or wrong is open."""
    since, until = _day(first), _day(last)
    return Period(
        datetime.combine(since, time(), UTC) if since else BEGINNING,
        datetime.combine(until + timedelta(days=1), time(), UTC) if until else now,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if BEGINNING.year <= day.year < END_OF_YEARS else None
