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


def part_of(kind: Kind, all_kinds: Collection[Kind]) -> Part:
    """Return whom a field of this kind belongs to, in a table with fields of all these kinds.

    Only people share: in a table of companies every field is the company's own.
    """
    if not {Kind.GIVEN, Kind.FAMILY} & set(all_kinds) or kind in _OWN:
        return Part.OWN
    return Part.FAMILY if kind in _OF_FAMILIES else Part.SHARED
