"""How long a wait lasts: a span, working days, a date, or a weekday at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from leadfarm.rules.business_time import BusinessHours, add_working_days, next_weekday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MODES = ("days", "hours", "minutes", "working_days", "until_date", "until_weekday")
_SPANS = {"days": 86_400, "hours": 3_600, "minutes": 60}
LONGEST = timedelta(days=1100)


def wait_fault(settings: Mapping[str, Any]) -> str:
    """What is wrong with a wait, as a sentence; empty when nothing is."""
    given = [mode for mode in MODES if mode in settings]
    if len(given) != 1:
        return f"The wait says {len(given)} times how long it lasts."
    mode, value = given[0], settings[given[0]]
    if mode == "until_date":
        return "" if _date(value) else f"{value!r} is not a date like 2026-12-31."
    if mode == "until_weekday":
        fine = str(value).lower() in WEEKDAYS and _time(settings.get("at", "09:00"))
        return "" if fine else "The wait until a weekday needs a weekday and a time like 10:00."
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"{value!r} is not a number of {mode.replace('_', ' ')}."
    if value <= 0:
        return "The wait lasts no time."
    return "" if value * _SPANS.get(mode, 86_400) <= LONGEST.total_seconds() else "Too long a wait."


def span_seconds(settings: Mapping[str, Any]) -> int | None:
    """The wait in seconds; None when it is faulty, or the calendar decides (ask `wait_ends`)."""
    if wait_fault(settings):
        return None
    for mode, seconds in _SPANS.items():
        if mode in settings:
            return round(float(settings[mode]) * seconds)
    return None


def wait_ends(settings: Mapping[str, Any], start: datetime, calendar: BusinessHours) -> datetime:
    """When a wait entered at `start` is over (UTC); a date already past ends at once."""
    seconds = span_seconds(settings)
    if seconds is not None:
        return start.astimezone(UTC) + timedelta(seconds=seconds)
    if "working_days" in settings:
        return add_working_days(start, int(settings["working_days"]), calendar)
    at = _time(settings.get("at", "09:00")) or calendar.opens
    if "until_weekday" in settings:
        weekday = WEEKDAYS.index(str(settings["until_weekday"]).lower())
        return next_weekday(start, weekday, at, calendar.zone)
    day = _date(settings.get("until_date"))
    if day is None:
        raise ValueError(wait_fault(settings))
    return max(start, datetime.combine(day, at, tzinfo=calendar.zone)).astimezone(UTC)


def in_words(settings: Mapping[str, Any]) -> str:
    """The wait as people say it: `3 days`, `5 working days`, `until Tuesday 10:00`."""
    for mode in MODES:
        if mode not in settings:
            continue
        value = settings[mode]
        if mode.startswith("until"):
            at = f" {settings['at']}" if "at" in settings else ""
            return f"until {str(value).capitalize()}{at}"
        unit = mode.replace("_", " ")
        return f"{value} {unit.removesuffix('s') if value == 1 else unit}"
    return "no time"


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _time(value: object) -> time | None:
    try:
        return time.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None
