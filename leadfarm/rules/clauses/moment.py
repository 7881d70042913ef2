"""The moment a clause is asked about, and the scale of heat at that moment."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf

from leadfarm.rules import heat
from leadfarm.rules.clauses.tree import Period


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant with a time zone (its date is the workspace's date).

    `live` says that the standing of the leads is still that of the instant; a past moment reads
    only what was known by then, and what keeps no history is unknown. `half_life` is the
    workspace's, of heat.
    """

    at: datetime
    live: bool = True
    half_life: timedelta = heat.HALF_LIFE

    def __post_init__(self) -> None:
        """Refuse an instant without a time zone: it is another one elsewhere."""
        if self.at.tzinfo is None:
            raise ValueError("A moment needs a time zone; hand in an aware datetime.")

    def stored_heat(self, shown: float) -> float:
        """The stored value of a lead whose heat is `shown` at this moment; -inf for none."""
        return heat.threshold(shown, self.at, self.half_life) if shown > 0 else -inf

    def shown_heat(self, stored: float | None) -> float:
        """The heat, 0 to 100, at this moment of a lead with this stored value; 0 for None."""
        return heat.as_of(stored, self.at, self.half_life)

    def days_ago(self, days: float) -> datetime:
        """The instant so many times 24 hours earlier."""
        return self.at - timedelta(days=days)

    def shifted(self, period: Period, sign: int) -> datetime:
        """The instant a period later (sign 1) or earlier (sign -1); months end on the month's last
        day.
        """
        if period.unit == "days":
            return self.at + timedelta(days=sign * period.length)
        months = self.at.year * 12 + self.at.month - 1 + sign * period.length
        year, month = divmod(months, 12)
        day = min(self.at.day, calendar.monthrange(year, month + 1)[1])
        return self.at.replace(year=year, month=month + 1, day=day)

    def day_shifted(self, period: Period, sign: int) -> date:
        """The workspace's date a period later or earlier."""
        return self.shifted(period, sign).date()
