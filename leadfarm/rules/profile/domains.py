"""What a domain, a mail address or a phone number says about a company."""

from __future__ import annotations

import re

import phonenumbers

from leadfarm.rules.names import company_key

# Country endings that anybody in the world takes for their own reasons.
BORROWED = frozenset(
    (
        *("io", "co", "ai", "me", "tv", "cc", "fm", "gg", "ly", "so", "to", "ws", "sh", "vc"),
        *("la", "eu", "am", "im"),
    )
)
OTHERWISE = {"uk": "GB"}
LEGAL = re.compile(r"[-.]?(gmbh|ag|kg|inc|ltd|llc|sarl|srl|spa|bv|oy|group|gruppe)$")


def country_of(domain: str | None) -> str:
    """Return the country of a domain's ending as two letters; "" where it says none."""
    ending = (domain or "").rpartition(".")[2].lower()
    if len(ending) != 2 or ending in BORROWED:
        return ""
    return OTHERWISE.get(ending, ending.upper())


def country_of_phone(key: str | None) -> str:
    """Return the country of an E.164 number as two letters; "" where it says none."""
    if not key:
        return ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(key)) or ""
    except phonenumbers.NumberParseException:
        return ""


def name_of(domain: str | None) -> str:
    """Return a company's likely name by its registrable domain; "" where there is none."""
    first = LEGAL.sub("", (domain or "").lower().partition(".")[0])
    words = [word for word in re.split(r"[-_]", first) if word]
    said = " ".join(word.upper() if len(word) <= 3 else word.capitalize() for word in words)
    return said if company_key(said) else ""
