"""Until when somebody is away, by what their automatic reply says (RFC 3834 knows no field)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu"),
    *("ro", "sl", "hr", "bg", "el", "et", "lv", "lt"),
)
# Where no date is given, the next step waits a week; nobody is believed to be away for longer.
WITHOUT_A_DATE = timedelta(days=7)
LONGEST = timedelta(days=120)
READ = 5_000
# The last day away: what is planned goes on the day after.
_LAST_DAY = (
    r"until|till|through|thru|up to|\bto\b|bis(?: zum| einschlie.lich| inkl\S{0,8})?"
    r"|jusqu.{0,3}au|\bau\b"
    r"|hasta(?: el)?|\bal\b|fino al|sino al|\btot(?: en met)?|t/m|at.(?: ao?)?|\bdo\b|till och med"
    r"|t\.?o\.?m|til(?: og med)?|saakka|asti|p.n.|–|—|-"
)
_FIRST_DAY = (
    r"back (?:in (?:the )?office )?(?:on|at|by)?"
    r"|return(?:ing)?(?: to (?:the )?office)?(?: on)?|available"
    r"(?: again)?(?: from| on)?|as of|from|wieder(?: ab| am| da)?|ab(?: dem)?|zur.ck(?: am| ab)?|am"
    r"|de retour(?: le)?|retour(?: le)?|reviens|. partir du|volver. el"
    r"|regres\S{1,4}(?: el)?|vuelvo el"
    r"|a partir del?|rientr\S{1,4}(?: il)?|torn\S{1,3}(?: il)?|dal|terug(?: op)?|vanaf|aanwezig op"
    r"|tillbaka(?: den)?|tilbage(?: den| d\.)?|tilbake|fra(?: og med)?|fr.n(?: och med)?"
    r"|wracam|wr.c\S{1,3}"
    r"|\bod\b|volto(?: no dia| a)?|regresso(?: a)?|takaisin|vr.t.m se|zp.t"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|:e)?"
_YEAR = r"(?:,? ?(?P<year>20\d\d))?"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the names of months in many languages, whole and short, in small letters."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    word = name.lower().rstrip(".")
                    if len(word) > 2 and not word.isdigit():
                        found.setdefault(word, number)
    return found


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    of = r"(?: ?(?:of|de|di|del|den)?)? ?"
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b",
            r"(?P<day>\d{1,2})[./-] ?(?P<month>\d{1,2})[./-] ?(?P<year>(?:20)?\d\d)\b",
            r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\b(?!\.?\d)(?P<year>)",
            r"(?P<day>\d{1,2})/(?P<month>\d{1,2})\b(?!/)(?P<year>)",
            rf"{_DAY}{of}(?P<name>{names})\b\.?{_YEAR}",
            rf"(?P<name>{names})\.? {_DAY}\b{_YEAR}",
        )
    )


_BETWEEN = r"[\s:,(]{0,4}(?:(?:the|den|dem|el|il|le|o|dia|[^\W\d]{2,12},?) ){0,2}(?:d\. ?)?$"
_CUES = (
    (re.compile(rf"(?<!\w)(?:{_LAST_DAY})(?!\w){_BETWEEN}", re.IGNORECASE), 1),
    (re.compile(rf"(?<!\w)(?:{_FIRST_DAY})(?!\w){_BETWEEN}", re.IGNORECASE), 0),
)


def back_on(text: str, written_on: date) -> date | None:
    """Return the first day somebody is back, by their words; None where they name no such day.

    Of several days the last one that a word like "until" or "back on" leads to.
    """
    told = " ".join(text[:READ].split())
    days = [
        day + timedelta(days=more)
        for form in _forms()
        for match in form.finditer(told)
        if (day := _day(match, written_on)) is not None
        and (more := _cue(told[max(0, match.start() - 60) : match.start()])) is not None
    ]
    ahead = [day for day in days if written_on < day <= written_on + 3 * LONGEST]
    return max(ahead, default=None)


def put_off_until(text: str, written_at: datetime, zone: ZoneInfo) -> datetime:
    """Return when what is planned may go on: the morning they are back, else a week from then."""
    here = written_at.astimezone(zone)
    day = back_on(text, here.date())
    if day is None:
        return written_at + WITHOUT_A_DATE
    latest = written_at + LONGEST
    return min(datetime.combine(day, time(8), zone).astimezone(written_at.tzinfo), latest)


def _cue(before: str) -> int | None:
    return next((more for words, more in _CUES if words.search(before)), None)


def _day(match: re.Match[str], written_on: date) -> date | None:
    """Return the day that is meant; without a year the next one that comes."""
    given = match.groupdict()
    month = _months().get(given["name"].lower()) if given.get("name") else int(given["month"])
    year = int(given["year"] or 0) if given.get("year") else 0
    day = int(given["day"])
    if month is not None and month > 12 >= day and "name" not in given:
        day, month = month, day  # written the American way
    try:
        if year:
            return date(year + 2000 if year < 100 else year, month or 0, day)
        found = date(written_on.year, month or 0, day)
        return found if found >= written_on else found.replace(year=found.year + 1)
    except ValueError:
        return None
