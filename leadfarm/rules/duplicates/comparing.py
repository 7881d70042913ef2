"""How two records are compared: for each field its levels, from the same to another.

A level is a condition in the SQL of DuckDB over the two records (`_l` and `_r`), with how often it
holds among true duplicates by experience: the starting point, which the data then correct.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.levels import ELSE, OF_KIND, Level, crossed, plain_text
from leadfarm.rules.duplicates.preparing import Field


@dataclass(frozen=True)
class Comparison:
    """The levels of one field, the closest first; where `missing` holds nothing is said."""

    field: Field
    missing: str
    levels: tuple[Level, ...]

    @property
    def name(self) -> str:
        """Return its name in tables."""
        return self.field.name


def comparisons_of(fields: Sequence[Field]) -> list[Comparison]:
    """Return how records with these fields are compared."""
    names = {field.name for field in fields}
    return [
        Comparison(field, _missing(field, names), levels)
        for field in fields
        for levels in [
            (*OF_KIND.get(field.kind, plain_text)(field.name, names), _other(field.kind))
        ]
    ]


def _missing(field: Field, names: set[str]) -> str:
    """When a field says nothing, or nothing that another has not said already.

    The name before the @ is no evidence beside the name itself, unless the host is alike as well:
    then it is the same address with a slip. Swapped names count once.
    """
    name = field.name
    missing = f"{name}_l IS NULL OR {name}_r IS NULL"
    if field.kind is Kind.FAMILY and "given" in names:
        return f"{missing} OR ({name}_l <> {name}_r AND {crossed('given', name)})"
    if field.kind is not Kind.EMAIL:
        return missing
    named = f"({name}_user_l IS NULL OR {name}_user_r IS NULL)"
    elsewhere = f"jaro_winkler_similarity({name}_host_l, {name}_host_r) < 0.9"
    return f"{missing} OR ({name}_local_l = {name}_local_r AND {named} AND {elsewhere})"


def _other(kind: Kind) -> Level:
    shares = {Kind.TEXT: 0.3, Kind.CITY: 0.1, Kind.COMPANY: 0.08, Kind.STREET: 0.1}
    shares |= {Kind.PHONE: 0.15, Kind.EMAIL: 0.12, Kind.HOUSE: 0.08}
    return Level("differs", ELSE, shares.get(kind, 0.05))
