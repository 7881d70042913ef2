"""One reader for each kind of cell: it returns the value or says in a sentence why it cannot."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from leadfarm.intake.values import cells, dates
from leadfarm.rules.codes import TouchKind, VerdictKind
from leadfarm.rules.names import domain_of, normal_email
from leadfarm.rules.stages import Stage

MOST_MONEY = Decimal(10) ** 12
MOST_MINUTES = 32_000  # three weeks
MOST_EMPLOYEES = 2_000_000_000


class CellError(ValueError):
    """The message says what is wrong with the cell and what to do."""


def readers(zone: ZoneInfo, order: str) -> dict[str, Callable[[str], Any]]:
    """Return the readers by what a target reads; times without a zone are in this one."""
    return {
        "text": str,
        "person": str,
        "phone": str,
        "email": read_email,
        "domain": domain_of,
        "country": read_country,
        "number": read_employees,
        "minutes": read_minutes,
        "money": read_money,
        "date": lambda text: read_instant(text, zone, order),
        "day": lambda text: read_day(text, order),
        "stage": read_stage,
        "touch": read_touch,
        "verdict": read_verdict,
    }


def read_email(text: str) -> str:
    """Return the normalised address."""
    key = normal_email(text)
    if key is None:
        raise CellError(f"“{text[:80]}” is no e-mail address. Correct it, or leave the cell empty.")
    return key


def read_country(text: str) -> str:
    """Return the two letters of the country; nothing when nobody knows such a country."""
    return cells.read_country(text) or ""


def read_employees(text: str) -> int | None:
    """Return a whole number; of a range (“51-200”) the lower end, of words nothing."""
    first = text.replace(" ", "").lower().removesuffix("+").split("-")[0].split("–")[0]
    found = cells.read_decimal(first)
    return int(found) if found is not None and 0 <= found <= MOST_EMPLOYEES else None


def read_minutes(text: str) -> int | None:
    """Return whole minutes; of a span of hours (1:05, 1:05:30) its minutes, of words nothing."""
    hours, *rest = text.split(":")
    parts = [cells.read_decimal(one) for one in (hours, *rest[:1])]
    if any(part is None or part < 0 for part in parts):
        return None
    told = [part for part in parts if part is not None]
    found = told[0] * 60 + told[1] if len(told) == 2 else told[0]
    return min(int(found), MOST_MINUTES)


def read_money(text: str) -> Decimal:
    """Return the amount, rounded to cents."""
    found = cells.read_decimal(text)
    if found is None:
        raise CellError(f"“{text[:40]}” is no amount. Write it like 1234.50.")
    if found < 0 or found >= MOST_MONEY:
        raise CellError(f"“{text[:40]}” is no possible amount.")
    return round(found, 2)


def read_instant(text: str, zone: ZoneInfo, order: str) -> datetime:
    """Return the instant."""
    try:
        return dates.read_instant(text, zone, order)
    except dates.NotADateError as error:
        raise CellError(str(error)) from None


def read_day(text: str, order: str) -> date:
    """Return the day."""
    try:
        return dates.read_day(text, order)
    except dates.NotADateError as error:
        raise CellError(str(error)) from None


def read_stage(text: str) -> Stage:
    """Return the stage."""
    found = cells.read_stage(text)
    if found is None:
        known = ", ".join(stage.label for stage in Stage)
        raise CellError(
            f"“{text[:40]}” is no stage Leadfarm knows."
            f" Say in the mapping which of these it is: {known}."
        )
    return found


def read_touch(text: str) -> TouchKind:
    """Return the kind of touch."""
    found = TouchKind.read(text)
    if found is None:
        raise CellError(
            f"“{text[:40]}” is no kind of touch. Use one like form or webinar-attended."
        )
    return found


def read_verdict(text: str) -> VerdictKind:
    """Return the verdict."""
    found = VerdictKind.read(text)
    if found is None:
        raise CellError(
            f"“{text[:40]}” is no verdict. Use accepted, rejected, disqualified or recycled."
        )
    return found
