"""What the columns of a table can mean when one looks for records of the same person or company."""

from collections.abc import Collection
from enum import Enum, StrEnum


class Kind(StrEnum):
    """The meaning of a column; the value is the word used for it in explanations."""

    GIVEN = "first name"
    FAMILY = "last name"
    PERSON = "name"
    COMPANY = "company"
    EMAIL = "e-mail"
    PHONE = "phone"
    WEB = "domain"
    BIRTH = "date of birth"
    BIRTH_YEAR = "year of birth"
    BIRTH_MONTH = "month of birth"
    BIRTH_DAY = "day of birth"
    STREET = "street"
    HOUSE = "house number"
    CITY = "city"
    POSTCODE = "postcode"
    REGION = "region"
    COUNTRY = "country"
    NUMBER = "identifying number"
    TEXT = "text"
    KEY = "number of the row"
    NOTHING = "says nothing about identity"


class Part(Enum):
    """Whom a field belongs to: one person alone, a family, or everybody of a place or company."""

    OWN = 1
    FAMILY = 2
    SHARED = 3


_OWN = frozenset({Kind.GIVEN, Kind.BIRTH, Kind.NUMBER})
_OF_FAMILIES = frozenset({Kind.FAMILY, Kind.EMAIL})


_OF_HOUSES = frozenset(
    {Kind.STREET, Kind.HOUSE, Kind.CITY, Kind.POSTCODE, Kind.REGION, Kind.COUNTRY}
)


def part_of(kind: Kind, all_kinds: Collection[Kind]) -> Part:
    """Return whom a field of this kind belongs to, in a table with fields of all these kinds.

    Colleagues share what is their company's. Companies share a house and sometimes its front desk.
    """
    if {Kind.GIVEN, Kind.FAMILY} & set(all_kinds):
        if kind in _OWN:
            return Part.OWN
        return Part.FAMILY if kind in _OF_FAMILIES else Part.SHARED
    if kind is Kind.PHONE:
        return Part.FAMILY
    return Part.SHARED if kind in _OF_HOUSES else Part.OWN


# Among duplicates these differ no more often, whatever the data seem to say: else relatives of one
# household, or daughters of one company, would count as the same.
_DIFFERS_AT_MOST = {
    Kind.GIVEN: 0.12, Kind.BIRTH: 0.15, Kind.NUMBER: 0.15, Kind.FAMILY: 0.25, Kind.COMPANY: 0.04,
}  # fmt: skip


def differs_at_most(kind: Kind) -> float:
    """Return the share of duplicates in which a field of this kind may differ altogether."""
    return _DIFFERS_AT_MOST.get(kind, 0.6)
