"""The people of a workspace as routing sees them: sides, places free, days away, working hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from leadfarm.access.models import Workspace
from leadfarm.engine.statements import prepared
from leadfarm.leads.actions.following import clock_of, hours_of
from leadfarm.leads.sql import statement
from leadfarm.rules.business_time import BusinessHours
from leadfarm.rules.codes import Role
from leadfarm.rules.public_holidays import public_holidays
from leadfarm.rules.routing import Person
from leadfarm.rules.stages import OPEN

LAST_OPEN = int(max(OPEN))
LONGEST_SPELL = 60  # days of time off that working hours look ahead


@dataclass(frozen=True)
class People:
    """Who is here, as of a day."""

    workspace: Workspace
    today: date
    rows: Mapping[int, dict[str, Any]]

    @property
    def week(self) -> date:
        """Return the Monday of the week."""
        return self.today - timedelta(days=self.today.weekday())

    def persons(self, *, limits: bool = True) -> dict[int, Person]:
        """Return everybody as the dealer takes them; without `limits` all have room."""
        return {key: self._person(row, limits) for key, row in self.rows.items()}

    def back_on(self, member: int) -> date | None:
        """Return when somebody who is away today is back; None for who is here."""
        day = self.today
        for first, last in self.rows[member]["away"] or ():
            if first <= day <= last:
                day = last + timedelta(days=1)
        return day if day > self.today else None

    def is_here(self, member: int | None) -> bool:
        """Whether this member is of the workspace and not away today."""
        return member is not None and member in self.rows and self.back_on(member) is None

    def hours(self, member: int | None) -> BusinessHours:
        """Return the working hours of a member, else the workspace's; time off is days off."""
        row = self.rows.get(member or 0)
        usual = hours_of(self.workspace)
        if row is None:
            return usual
        country = row["country"] or self.workspace.country
        return BusinessHours(
            zone=ZoneInfo(row["time_zone"]) if row["time_zone"] else usual.zone,
            opens=clock_of(row["works_from"] or usual.opens),
            closes=clock_of(row["works_until"] or usual.closes),
            holidays=_around(country, self.today) | self._days_off(row),
        )

    def _days_off(self, row: dict[str, Any]) -> frozenset[date]:
        spells = [
            (max(first, self.today), min(last, self.today + timedelta(days=LONGEST_SPELL)))
            for first, last in row["away"] or ()
        ]
        return frozenset(
            first + timedelta(days=ahead)
            for first, last in spells
            for ahead in range((last - first).days + 1)
        )

    def _person(self, row: dict[str, Any], limits: bool) -> Person:
        side = Role(row["role"]).side
        return Person(
            id=row["id"],
            sides=frozenset({side} if side else ()),
            room=_room(row) if limits else None,
            back_on=self.back_on(row["id"]),
            firm=row["firm_id"],
        )


def _room(row: dict[str, Any]) -> int | None:
    limits = (
        (row["most_a_day"], row["given_today"]),
        (row["most_a_week"], row["given_this_week"]),
        (row["most_open"], row["open_leads"]),
    )
    left = [most - there for most, there in limits if most is not None]
    return max(0, min(left)) if left else None


def _around(country: str, day: date) -> frozenset[date]:
    return public_holidays(country, day.year) | public_holidays(country, day.year + 1)


def people_of(workspace: Workspace, now: datetime, only: int | None = None) -> People:
    """Return who can be given leads today, by the workspace's clock; one query."""
    today = now.astimezone(ZoneInfo(workspace.time_zone)).date()
    terms = {
        "workspace": workspace.id,
        "today": today,
        "week": today - timedelta(days=today.weekday()),
        "last_open": LAST_OPEN,
        "only": only,
    }
    rows = prepared(statement("routing_people"), terms)
    return People(workspace, today, {row["id"]: row for row in rows})
