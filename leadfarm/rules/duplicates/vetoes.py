"""What forbids merging two records by themselves, however likely they are the same.

Likeness says how probable; these say where a mistake would hurt, or where somebody has told two
records apart already. A person may still merge them, with the reason in view.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from leadfarm.rules.duplicates.company_words import names_a_part, telling_words
from leadfarm.rules.duplicates.nicknames import roots_of
from leadfarm.rules.duplicates.preparing import is_role_address
from leadfarm.rules.names import company_key, domain_of, fold

_GENERATION = re.compile(r"\b(jr|sr|jun|sen|junior|senior|ii|iii|iv|filho|neto)\b\.?$")
_OF_ONE = {"jun": "jr", "junior": "jr", "ii": "jr", "sen": "sr", "senior": "sr"}


@dataclass(frozen=True)
class Person:
    """What is asked of a contact before it merges by itself."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    external_ids: frozenset[str] = field(default_factory=frozenset)
    is_erased: bool = False
    no_profiling: bool = False
    bars: frozenset[int] = field(default_factory=frozenset)  # reasons that hold


@dataclass(frozen=True)
class Company:
    """What is asked of an account before it merges by itself."""

    name: str
    domain: str = ""
    country: str = ""


def vetoes_of_people(one: Person, other: Person) -> tuple[str, ...]:
    """Return why two contacts never merge by themselves; empty where they may."""
    return tuple(_of_people(one, other))


def vetoes_of_companies(one: Company, other: Company) -> tuple[str, ...]:
    """Return why two accounts never merge by themselves; empty where they may."""
    return tuple(_of_companies(one, other))


def _of_people(one: Person, other: Person) -> Iterator[str]:
    if one.is_erased or other.is_erased:
        yield "One of the two was erased on request."
    if one.no_profiling != other.no_profiling:
        yield "One of the two objects to profiling, the other has not said so."
    if one.bars != other.bars:
        yield "One of the two is barred from messages, the other is not."
    if generation(one.family_name) != generation(other.family_name):
        yield "Their names tell two generations: Jr or Sr."
    if _two_at_one_desk(one, other):
        yield "Two addresses at one domain, with different first names: colleagues or relatives."
    if _numbered_apart(one.external_ids, other.external_ids):
        yield "Another system gives them two different numbers."


def _of_companies(one: Company, other: Company) -> Iterator[str]:
    if one.domain and other.domain and one.domain != other.domain:
        yield "They have two different domains."
    if one.country and other.country and one.country != other.country:
        yield "They sit in two countries: often two companies of one group."
    if _parts(one.name) != _parts(other.name):
        yield "One name tells a part of a group: a country, a holding, a service."


def generation(name: str) -> str:
    """Return jr or sr (iii and beyond as they are) at the end of a name; empty without one."""
    found = _GENERATION.search(fold(name).replace(",", " ").strip())
    return _OF_ONE.get(found[1], found[1]) if found else ""


def _two_at_one_desk(one: Person, other: Person) -> bool:
    mails = [one.email, other.email]
    if not all(mails) or mails[0] == mails[1] or any(map(is_role_address, mails)):
        return False
    if not (one.given_name and other.given_name) or domain_of(mails[0]) != domain_of(mails[1]):
        return False
    short = min(one.given_name, other.given_name, key=len).strip(". ")
    starts = len(short) == 1 and fold(one.given_name)[:1] == fold(other.given_name)[:1]
    return not (starts or set(roots_of(one.given_name)) & set(roots_of(other.given_name)))


def _numbered_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have numbers of the same make (00Q5e000012 and 00Q5e000019), and none shared."""
    if one & other:
        return False
    return bool({_make(number) for number in one} & {_make(number) for number in other})


def _make(number: str) -> tuple[str, int]:
    """Return what tells a system's numbers: the letters it begins with and the length, roughly."""
    begins = re.match(r"[^\d]*", number)
    return (begins[0].lower() if begins else "", (len(number) + 1) // 3)


def _parts(name: str) -> list[str]:
    return names_a_part(telling_words(company_key(name)))
