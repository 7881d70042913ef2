"""Dates as people say them: 31.3.2027, March, Q3, end of next year, after the summer, in 2 months.

What names a day is sure; what names a month or a quarter is likely; a season is hearsay. Of a span
the last day is taken: by then it should have happened.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from leadfarm.rules.codes import Confidence
from leadfarm.rules.names import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro janner",
            "february feb februar fevrier febrero febbraio fevereiro",
            "march mar marz maerz mrz mars marzo marco",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug aout agosto",
            "september sep sept septembre septiembre settembre setembro",
            "october oct okt oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dez dezember decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
SEASONS = {
    "spring": 5, "fruhling": 5, "fruhjahr": 5, "printemps": 5, "primavera": 5,
    "summer": 8, "sommer": 8, "ete": 8, "verano": 8, "estate": 8,
    "autumn": 11, "fall": 11, "herbst": 11, "automne": 11, "otono": 11, "autunno": 11,
    "winter": 2, "hiver": 2, "invierno": 2, "inverno": 2,
}  # fmt: skip
NEXT = r"(?:next|naechsten?s?|nachsten?s?|kommendes|kommenden|prochaine?|coming)"
YEAR = r"(?:year|jahr(?:es)?|annee|year's)"
SURE, LIKELY, VAGUE = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Day:
    """A day read out of words, and how sure it is."""

    day: date
    confidence: Confidence


Found = Callable[[re.Match[str], date], Day | None]


def read_date(text: str, today: date) -> Day | None:
    """Return the first date in the text as seen from today, or None where there is none."""
    words = fold(text)
    for pattern, found in PATTERNS:
        for match in pattern.finditer(words):
            try:
                day = found(match, today)
            except (ValueError, OverflowError):
                continue
            if day is not None:
                return day
    return None


def _plain(match: re.Match[str], _today: date) -> Day:
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    return Day(date(year, int(match["month"]), int(match["day"])), SURE)


def _day_of_month(match: re.Match[str], today: date) -> Day | None:
    month = MONTHS.get(match["month"])
    if month is None:
        return None
    day = int(match["day"])
    if match["year"]:
        return Day(date(int(match["year"]), month, day), SURE)
    this = date(today.year, month, day)
    return Day(this if this >= today else date(today.year + 1, month, day), SURE)


def _quarter(match: re.Match[str], today: date) -> Day:
    return _span_end(int(match["quarter"]) * 3, match, today)


def _half(match: re.Match[str], today: date) -> Day:
    return _span_end(int(match["half"]) * 6, match, today)


def _month(match: re.Match[str], today: date) -> Day | None:
    month = MONTHS.get(match["month"])
    return None if month is None else _span_end(month, match, today)


def _numbered_month(match: re.Match[str], _today: date) -> Day:
    return Day(_end(int(match["year"]), int(match["month"])), LIKELY)


def _span_end(month: int, match: re.Match[str], today: date) -> Day:
    """Return the end of that month in the year said, next year, or the next time it comes."""
    if match["year"]:
        year = int(match["year"])
        year += 2000 if year < 100 else 0
        return Day(_end(year, month), LIKELY)
    if match["next"]:
        return Day(_end(today.year + 1, month), LIKELY)
    this = _end(today.year, month)
    return Day(this if this >= today else _end(today.year + 1, month), LIKELY)


def _season(match: re.Match[str], today: date) -> Day:
    month = SEASONS[match["season"]]
    this = _end(int(match["year"]) if match["year"] else today.year, month)
    if match["after"]:
        this = _later(this, 1)
    if not match["year"] and this < today:
        this = _end(this.year + 1, this.month)
    return Day(this, VAGUE)


def _end_of_year(match: re.Match[str], today: date) -> Day:
    year = int(match["year"]) if match["year"] else today.year + (1 if match["next"] else 0)
    return Day(date(year, 12, 31), LIKELY)


def _next_year(_match: re.Match[str], today: date) -> Day:
    return Day(date(today.year + 1, 12, 31), VAGUE)


def _in_time(match: re.Match[str], today: date) -> Day:
    many, unit = int(match["many"]), match["unit"]
    if unit[0] in "dt" or unit.startswith("jour"):
        return Day(today + timedelta(days=many), LIKELY)
    if unit[0] in "ws":
        return Day(today + timedelta(weeks=many), LIKELY)
    months = many * 12 if unit[0] in "yja" else many
    return Day(_shifted(today, months), LIKELY)


def _bare_year(match: re.Match[str], today: date) -> Day | None:
    year = int(match["year"])
    return Day(date(year, 12, 31), VAGUE) if today.year <= year <= today.year + 10 else None


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _end(year, month + 1)


def _shifted(day: date, months: int) -> date:
    last = _later(day, months)
    return last.replace(day=min(day.day, last.day))


_OF_YEAR = rf"(?:\W+(?:of )?(?:(?P<year>20\d\d|(?<=')\d\d)|(?P<next>{NEXT} {YEAR})))?"
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
PATTERNS: list[tuple[re.Pattern[str], Found]] = [
    (re.compile(pattern), found)
    for pattern, found in (
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)\b", _plain),
        (r"\b(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>20\d\d|\d\d)\b", _plain),
        (
            rf"\b(?P<day>\d\d?)(?:\.|st|nd|rd|th)? ?(?:of )?(?P<month>{_NAMES})\b\.?"
            r"(?: (?P<year>20\d\d))?",
            _day_of_month,
        ),
        (
            rf"\b(?P<month>{_NAMES}) (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?:,? (?P<year>20\d\d))?",
            _day_of_month,
        ),
        (r"(?<![\d./])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)\b", _numbered_month),
        (rf"\bq ?(?P<quarter>[1-4])\b{_OF_YEAR}", _quarter),
        (rf"\b(?P<quarter>[1-4])\. ?quartal{_OF_YEAR}", _quarter),
        (rf"\bh ?(?P<half>[12])\b{_OF_YEAR}", _half),
        (rf"\b{NEXT} {YEAR},? (?:in )?(?P<month>{_NAMES})\b(?P<year>(?!))?(?P<next>)", _month),
        # "We may buy" names no month; "by May" and "May 2027" do.
        (
            rf"(?:\b(?!may\b)|^|(?<=by )|(?<=in )|(?<=until ))(?P<month>{_NAMES})\b{_OF_YEAR}",
            _month,
        ),
        (rf"\b(?P<month>may) (?:(?P<year>20\d\d)|(?P<next>{NEXT} {YEAR}))", _month),
        (
            r"\b(?:(?P<after>after|nach|apres) )?(?:the |dem |der |den |l')?"
            rf"(?P<season>{'|'.join(SEASONS)})\b(?: (?P<year>20\d\d))?",
            _season,
        ),
        (
            rf"\b(?:end of|ende|fin|year.?end|jahresende)\b(?: of| de| des)?(?: (?P<next>{NEXT}))?"
            rf"(?: (?:the |this |dieses )?{YEAR})?(?: (?P<year>20\d\d))?",
            _end_of_year,
        ),
        (
            r"\b(?:in|within|innerhalb von|dans) (?P<many>\d{1,3}) ?"
            r"(?P<unit>days?|tagen?|jours?|weeks?|wochen?|semaines?|months?|monaten?|mois"
            r"|years?|jahren?|ans?)\b",
            _in_time,
        ),
        (rf"\b{NEXT} {YEAR}\b", _next_year),
        (r"(?<![\d./-])(?P<year>20\d\d)\b(?![./-]\d)", _bare_year),
    )
]
