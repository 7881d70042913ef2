"""Same person twice is one contact (S1-4): by which keys records are matched, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leadfarm.rules.coded import Code
from leadfarm.rules.names import company_domain, company_key, person_key


class MatchBy(Code):
    """The keys in the order in which they are tried: the surest first."""

    EXTERNAL_ID = 1, "Same external id"
    EMAIL = 2, "Same e-mail address"
    PHONE_AND_NAME = 3, "Same number and same name"
    NAME_AND_DOMAIN = 4, "Same name at the same company domain"
    NAME_AND_COMPANY = 5, "Same name at a company of the same name"


@dataclass(frozen=True)
class Identity:
    """What a record says about who it is; e-mail and phone in normal form, empty where unknown."""

    external_id: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    company: str = ""
    domain: str = ""


def match_keys(who: Identity) -> list[tuple[MatchBy, str]]:
    """Every key this record can be matched by, the surest first.

    Two different e-mail addresses never match by name: colleagues share names more often than
    one person has two addresses there. So name keys exist only for records without an address.
    """
    person = person_key(who.name)
    domain = who.domain or (company_domain(who.email) if who.email else "") or ""
    company = company_key(who.company)
    keys = [
        (MatchBy.EXTERNAL_ID, who.external_id),
        (MatchBy.EMAIL, who.email),
        (MatchBy.PHONE_AND_NAME, _both(who.phone, person)),
    ]
    if not who.email:
        keys.append((MatchBy.NAME_AND_DOMAIN, _both(domain, person)))
        keys.append((MatchBy.NAME_AND_COMPANY, _both(company, person)))
    return [(by, key) for by, key in keys if key]


def first_match(
    who: Identity, find: Callable[[MatchBy, str], int | None]
) -> tuple[int, MatchBy] | None:
    """The contact found by the surest key and that key; None when no key finds one."""
    for by, key in match_keys(who):
        contact = find(by, key)
        if contact is not None:
            return contact, by
    return None


def _both(one: str, other: str) -> str:
    # A full name has at least two words; a first name alone tells nobody.
    return f"{one}|{other}" if one and " " in other else ""
