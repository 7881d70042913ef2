"""Numbers and instants as people read them. Plain functions: no clock, no request."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel import Locale

NARROW = " "
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF", "SEK": "kr", "JPY": "¥"}
UNITS = ((86_400 * 365, "year"), (86_400 * 30, "month"), (86_400, "day"), (3_600, "h"), (60, "min"))
WORDS = {"year", "month", "day"}


def initials(name: str) -> str:
    """Return at most two letters: of the first and the last word of a name or an address."""
    words = name.split("@", maxsplit=1)[0].replace(".", " ").replace("-", " ").split()
    letters = [word[0] for word in (words[:1] + words[1:][-1:])]
    return "".join(letters).upper()


def number(value: float | Decimal, digits: int = 0) -> str:
    """Return the number with thousands parted and a real minus sign."""
    return f"{value:,.{digits}f}".replace("-", "−")


def count(value: int, cap: int = 0) -> str:
    """Return the count; at or above `cap` (where counting stopped) as "1,000+"."""
    return f"{number(cap)}+" if cap and value >= cap else number(value)


def percent(share: float | Decimal, digits: int = 0) -> str:
    """Return a share from 0 to 1 as per cent."""
    return f"{number(float(share) * 100, digits)}{NARROW}%"


def money(amount: float | Decimal, currency: str = "EUR") -> str:
    """Return a sum in whole units of its currency, the sign behind it."""
    return f"{number(amount)}{NARROW}{SIGNS.get(currency, currency)}"


def country(code: str) -> str:
    """Return the name of a country known by its two letters; what is no such code stays."""
    return str(Locale("en").territories.get(code, code))


def clock(at: datetime) -> str:
    """Return the time of day."""
    return f"{at:%H:%M}"


def day(on: date, today: date) -> str:
    """Return a day as seen from another: by name when near, with its year when far."""
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((on - today).days)
    if near:
        return near
    if on.year == today.year:
        return f"{on:%a} {on.day} {on:%b}"
    return f"{on.day} {on:%b} {on.year}"


def span(length: timedelta) -> str:
    """Return a length of time in its largest whole unit: "3 days", "2 h", "under 1 min"."""
    seconds = abs(length.total_seconds())
    for size, unit in UNITS:
        whole = int(seconds // size)
        if whole:
            plural = "s" if unit in WORDS and whole != 1 else ""
            return f"{whole} {unit}{plural}"
    return "under 1 min"


def ago(at: datetime, now: datetime) -> str:
    """Return how far an instant lies from now: "2 h ago" or "in 3 days"."""
    if at <= now:
        return f"{span(now - at)} ago"
    return f"in {span(at - now)}"
