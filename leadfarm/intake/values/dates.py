"""Dates as people and programs write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

EARLIEST = 1970
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d)")
_PARTS = re.compile(
    r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})(?:,?[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"(?:[.,]\d+)?\s*([ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?,?\s+"
    r"|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+)"
    r"(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ORDERS = ("dmy", "mdy", "ymd")


class NotADateError(ValueError):
    """The message says why."""


def looks_like_date(text: str) -> bool:
    """Whether the cell is written as a date, possible or not."""
    cell = text.strip()
    return bool(_ISO.match(cell) or _PARTS.fullmatch(cell) or _NAMED.fullmatch(cell))


def order_of(cells: Iterable[str], otherwise: str = "dmy") -> str:
    """Return whether day or month stands first in 02/03/2024, from cells that tell it apart."""
    for cell in cells:
        parts = _PARTS.fullmatch(cell.strip())
        if parts and len(parts[1]) <= 2:
            if int(parts[1]) > 12:
                return "dmy"
            if int(parts[2]) > 12:
                return "mdy"
    return otherwise


def read_instant(text: str, zone: ZoneInfo, order: str) -> datetime:
    """Return the instant (UTC); a day alone is its first moment there. NotADateError says why."""
    cell = text.strip()
    try:
        found = datetime.fromisoformat(cell) if _ISO.match(cell) else _read(cell, order)
    except NotADateError:
        raise
    except ValueError:
        raise NotADateError(f"“{cell[:40]}” is no possible date.") from None
    if found is None:
        raise NotADateError(f"“{cell[:40]}” is not written as a date. Write it like 2026-03-24.")
    if not EARLIEST <= found.year <= 2200:
        raise NotADateError(f"“{cell[:40]}” is no believable date: the year is {found.year}.")
    aware = found if found.tzinfo else found.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def read_day(text: str, order: str) -> date:
    """Return the calendar day, with no zone asked; NotADateError says why not."""
    cell = text.strip()
    month = _MONTH_ONLY.fullmatch(cell)
    if month:
        year, number = (month[1], month[2]) if month[1] else (month[4], month[3])
        cell = f"{year}-{int(number):02d}-01"
    return read_instant(
        cell.split("T")[0] if _ISO.match(cell) else cell, ZoneInfo("UTC"), order
    ).date()


def _read(cell: str, order: str) -> datetime | None:
    parts = _PARTS.fullmatch(cell)
    if parts:
        first, second, third = (int(parts[n]) for n in (1, 2, 3))
        if len(parts[1]) == 4:
            day = (first, second, third)
        elif _month_first(first, second, order, dotted="." in cell.split(" ")[0]):
            day = (_year(parts[3]), first, second)
        else:
            day = (_year(parts[3]), second, first)
        return datetime.combine(date(*day), _clock(parts[4], parts[5], parts[6], parts[7]))
    named = _NAMED.fullmatch(cell)
    if named is None:
        return None
    word = (named[2] or named[3])[:3].lower()
    if word not in _MONTHS:
        return None
    day_of = date(int(named[5]), _MONTHS.index(word) + 1, int(named[1] or named[4]))
    return datetime.combine(day_of, _clock(named[6], named[7], named[8], named[9]))


def _month_first(first: int, second: int, order: str, *, dotted: bool) -> bool:
    """Whether 02/03 is 3 February: as the order says, unless the numbers or dots say otherwise."""
    if first > 12 or second > 12:
        return second > 12 >= first
    return order == "mdy" and not dotted


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> time:
    if hour is None:
        return time()
    number = int(hour)
    if half:
        number = number % 12 + (12 if half[0].lower() == "p" else 0)
    return time(number, int(minute or 0), int(second or 0))
