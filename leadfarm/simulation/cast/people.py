"""Invented people and companies: the same seed and number are always the same ones."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from leadfarm.simulation.cast.names import COUNTRIES, ENDINGS, FAMILY, GIVEN, PHONES, TOWNS, ZONES
from leadfarm.simulation.cast.trades import OUTSIDE, ROLES, TRADES, Trade

STUDENT_TITLES = ("MSc student", "Research assistant", "Working student")
COMPETITOR_TITLES = ("Sales engineer", "Product manager", "Application engineer")


@dataclass(frozen=True)
class Company:
    """A company of the cast."""

    name: str
    domain: str
    country: str
    town: str
    trade: Trade
    industry: str
    employees: int


@dataclass(frozen=True)
class Person:
    """A human being of the cast; `part` is their role in the buying group."""

    given: str
    family: str
    job_title: str
    part: str
    email: str
    phone: str
    country: str
    time_zone: str


def companies(seed: int) -> Iterator[Company]:
    """Yield companies without end; no two have the same domain."""
    taken: set[str] = set()
    number = 0
    while True:
        company = _company(Random(f"{seed}/company/{number}"), taken)  # noqa: S311
        taken.add(company.domain)
        number += 1
        yield company


def _company(dice: Random, taken: set[str]) -> Company:
    country = dice.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]
    trade = dice.choice(TRADES)
    town = dice.choice(TOWNS[country].split())
    root = dice.choice(FAMILY[country].split() + TOWNS[country].split())
    short = dice.choice(trade.names).format(root)
    if _slug(short) in taken:
        short = (
            f"{short} {town}" if root != town else f"{dice.choice(FAMILY[country].split())} {short}"
        )
    domain = _slug(short)
    while domain in taken:
        domain = f"{_slug(short)}-{dice.randint(2, 9999)}"
    low, high = trade.employees
    return Company(
        name=f"{short} {dice.choice(ENDINGS[country])}" if dice.random() < 0.4 else short,
        domain=domain,
        country=country,
        town=town,
        trade=trade,
        industry=trade.industry,
        employees=int(low * (high / low) ** dice.random()),
    )


def outsider(dice: Random, company: Company, kind: str) -> tuple[Company, str]:
    """Return the company as it is when nobody there can buy, and the person's job title."""
    if kind == "student":
        place, domain = f"Technical University of {company.town}", f"tu-{company.domain}"
        where = (company.country, company.town)
        other = Company(place, domain, *where, company.trade, "Education", 900)
        return other, dice.choice(STUDENT_TITLES)
    if kind == "competitor":
        other = Company(*_rival(company), company.trade, "Drives", 300)
        return other, dice.choice(COMPETITOR_TITLES)
    small = Company(
        company.name,
        company.domain,
        company.country,
        company.town,
        company.trade,
        dice.choice((company.industry, *OUTSIDE)),
        dice.randint(2, 14),
    )
    return small, "Owner"


def _rival(company: Company) -> tuple[str, str, str, str]:
    return f"{company.town} Antriebe", f"antriebe-{company.domain}", company.country, company.town


def person(dice: Random, company: Company, job_title: str = "") -> Person:
    """Return somebody who works there."""
    country = company.country
    given = dice.choice(GIVEN[country].split())
    family = dice.choice(FAMILY[country].split()).replace("-", " ")
    names, parts, weights = zip(*ROLES, strict=True)
    place = dice.choices(range(len(names)), weights)[0]
    pattern = dice.choice(PHONES[country])
    top = 999 if ":03d" in pattern else 99
    return Person(
        given=given,
        family=family,
        job_title=job_title or names[place],
        part="" if job_title else parts[place],
        email=f"{_slug(given)[:1]}.{_slug(family)}@{company.domain}.example",
        phone=pattern.format(dice.randint(0, top)) if dice.random() < 0.94 else "",
        country=country,
        time_zone=ZONES[country],
    )


def _slug(text: str) -> str:
    """Return plain small letters, as in an address."""
    spelled = text.lower().replace("ö", "oe").replace("ä", "ae").replace("ü", "ue")
    plain = unicodedata.normalize("NFKD", spelled.replace("ß", "ss").replace("ı", "i"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
