"""Amounts of money as people type them: 40k, 40.000 EUR, 1,5 Mio, CHF 120'000, 40-50k."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from leadfarm.rules.currencies import CURRENCIES

SCALES = {
    "k": 3, "tsd": 3, "tausend": 3, "thousand": 3, "mille": 3, "mil": 3, "grand": 3,
    "m": 6, "mio": 6, "mln": 6, "mn": 6, "million": 6, "millionen": 6, "millions": 6,
    "milioni": 6, "millones": 6, "bn": 9, "mrd": 9, "milliarde": 9, "milliarden": 9, "billion": 9,
}  # fmt: skip
SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "franken": "CHF",
         "pounds": "GBP", "pfund": "GBP"}  # fmt: skip
LARGEST = Decimal(10) ** 13
_WORDS = "|".join(sorted(SCALES, key=len, reverse=True))
_MONEY = "|".join((*CURRENCIES, *NAMES, *map(re.escape, SIGNS)))
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_FOUND = re.compile(
    rf"(?<![\w.,])(?P<before>{_MONEY})?\s*(?P<low>{_NUMBER})\s*(?P<first>{_WORDS})?\b"
    rf"(?:\s*(?:-|–|to|bis|à|and|und|et)\s*(?P<high>{_NUMBER})\s*)?"
    rf"(?P<second>{_WORDS})?\.?\s*(?P<after>{_MONEY})?(?![\w%])",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(about|around|roughly|approx|circa|ca|maybe|perhaps|up to|rund|etwa|ungefähr|vielleicht"
    r"|bis zu|environ|unos|circa)\b|~",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in words. `currency` is "" where none was said; of a span, its low end."""

    value: Decimal
    currency: str = ""
    rough: bool = False


def read_amount(text: str) -> Amount | None:
    """Return the first amount in the text, or None; "rough" where it is a span or a guess."""
    for found in _FOUND.finditer(text):
        low = _decimal(found["low"])
        scale = found["first"] or found["second"]
        if low is None or (scale is None and not _stands_alone(found, text)):
            continue
        value = low * Decimal(10) ** SCALES[scale.lower()] if scale else low
        if not 0 <= value < LARGEST:
            continue
        money = _currency(found["before"] or found["after"])
        rough = found["high"] is not None or _ROUGH.search(text[: found.start() + 1]) is not None
        return Amount(value, money, rough)
    return None


def _stands_alone(found: re.Match[str], text: str) -> bool:
    """Return whether a bare number is money: it says so, or nothing else was typed."""
    has_money = bool(found["before"] or found["after"])
    return has_money or found["high"] is not None or _bare(text) == _bare(found.group())


def _bare(text: str) -> str:
    return _ROUGH.sub("", text).strip(" .,;")


def _currency(said: str | None) -> str:
    if not said:
        return ""
    return SIGNS.get(said) or NAMES.get(said.lower()) or said.upper()


def _decimal(text: str) -> Decimal | None:
    """Return the number; a last group of three digits belongs to the thousands."""
    digits = re.sub(r"[ \u00a0\u202f'’]", "", text)
    groups = re.split(r"[.,]", digits)
    if len(groups) == 1:
        return Decimal(digits)
    *whole, last = groups
    if len(last) == 3 and all(len(each) == 3 for each in whole[1:]) and whole[0] != "0":
        return Decimal("".join(groups))
    return Decimal(f"{''.join(whole)}.{last}")
