"""How two records are compared: for each field its levels, from the same to another.

A level is a condition in the SQL of DuckDB over the two records (`_l` and `_r`), with how often it
holds among true duplicates by experience: the starting point, which the data then correct.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.preparing import Field


@dataclass(frozen=True)
class Level:
    """One degree of likeness: what it is called, when it holds, its share among duplicates."""

    says: str
    when: str
    share: float
    # Rare values say more than frequent ones: the column whose frequencies count.
    rarity_of: str = ""


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


ELSE = "ELSE"


def comparisons_of(fields: Sequence[Field]) -> list[Comparison]:
    """Return how records with these fields are compared."""
    names = {field.name for field in fields}
    return [
        Comparison(field, _missing(field, names), levels)
        for field in fields
        for levels in [(*_OF.get(field.kind, _text)(field, names), _other(field.kind))]
    ]


def _missing(field: Field, names: set[str]) -> str:
    """When a field says nothing, or nothing that another has not said already.

    The name before the @ is no evidence beside the name itself; swapped names count once.
    """
    name = field.name
    missing = f"{name}_l IS NULL OR {name}_r IS NULL"
    if field.kind is Kind.FAMILY and "given" in names:
        return f"{missing} OR ({name}_l <> {name}_r AND {_crossed('given', name)})"
    if field.kind is not Kind.EMAIL:
        return missing
    users = f"split_part({name}_l, '@', 1) = split_part({name}_r, '@', 1)"
    unlike = f"{name}_l <> {name}_r AND ({name}_user_l IS NULL OR {name}_user_r IS NULL)"
    return f"{missing} OR ({users} AND {unlike})"


def _other(kind: Kind) -> Level:
    shares = {Kind.TEXT: 0.3, Kind.CITY: 0.1, Kind.COMPANY: 0.08, Kind.STREET: 0.1}
    shares |= {Kind.PHONE: 0.15, Kind.EMAIL: 0.15, Kind.HOUSE: 0.08}
    return Level("differs", ELSE, shares.get(kind, 0.05))


def _same(name: str, share: float) -> Level:
    return Level("same", f"{name}_l = {name}_r", share, rarity_of=name)


def _like(name: str, least: float, share: float, says: str = "alike") -> Level:
    return Level(says, f"jaro_winkler_similarity({name}_l, {name}_r) >= {least}", share)


def _edits(name: str, most: int, share: float) -> Level:
    """Counting edits takes 50 times as long as the likeness that goes before it as a sieve."""
    says = "one sign differs" if most == 1 else f"{most} signs differ"
    sieve = f"jaro_similarity({name}_l, {name}_r) >= {0.78 if most == 1 else 0.72}"
    return Level(says, f"{sieve} AND damerau_levenshtein({name}_l, {name}_r) <= {most}", share)


def _given(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    forms = f"list_has_any({name}_forms_l, {name}_forms_r)"
    initial = f"(length({name}_l) = 1 OR length({name}_r) = 1) AND {name}_l[1] = {name}_r[1]"
    return (
        _same(name, 0.7),
        *_swapped(name, "family", names),
        Level("another form of the name", forms, 0.06),
        _like(name, 0.9, 0.08),
        Level("same initial", initial, 0.02),
        _like(name, 0.78, 0.04, "somewhat alike"),
    )


def _family(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    part = (
        f"len({name}_l) > 3 AND len({name}_r) > 3 AND"
        f" (starts_with({name}_l, {name}_r) OR starts_with({name}_r, {name}_l)"
        f" OR ends_with({name}_l, {name}_r) OR ends_with({name}_r, {name}_l))"
    )
    return (
        _same(name, 0.75),
        _like(name, 0.92, 0.09),
        Level("one is part of the other", part, 0.02),
        _like(name, 0.8, 0.04, "somewhat alike"),
    )


def _swapped(name: str, other: str, names: set[str]) -> tuple[Level, ...]:
    if other not in names:
        return ()
    return (Level("first and last name swapped", _crossed(name, other), 0.03),)


def _crossed(name: str, other: str) -> str:
    return (
        f"jaro_winkler_similarity({name}_l, {other}_r) >= 0.86"
        f" AND jaro_winkler_similarity({name}_r, {other}_l) >= 0.86"
    )


def _email(field: Field, names: set[str]) -> tuple[Level, ...]:
    """Addresses of namesakes are alike as well: so figures in them must be the same."""
    name = field.name
    figures = "regexp_replace({}, '[^0-9]', '', 'g')"
    same_figures = f"{figures.format(name + '_l')} = {figures.format(name + '_r')}"
    sieve = f"jaro_winkler_similarity({name}_l, {name}_r) >= 0.88 AND {same_figures}"
    edits = f"{sieve} AND damerau_levenshtein({name}_l, {name}_r) <= 2"
    domain = f"split_part({name}_l, '@', 2) = split_part({name}_r, '@', 2)"
    return (
        _same(name, 0.6),
        Level("1 or 2 signs differ", edits, 0.1),
        Level("same before the @", f"{name}_user_l = {name}_user_r", 0.08),
        Level("alike at the same domain", f"{domain} AND {sieve}", 0.04),
    )


def _phone(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    tail = f"right({name}_l, 7) = right({name}_r, 7) AND length({name}_l) >= 7"
    return (_same(name, 0.7), Level("same at the end", tail, 0.08), _edits(name, 1, 0.06))


def _birth(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    l, r = f"{name}_l", f"{name}_r"  # noqa: E741
    swapped = f"left({l}, 4) = left({r}, 4) AND {l}[6:7] = {r}[9:10] AND {l}[9:10] = {r}[6:7]"
    two = (
        f"(({l}[1:4] = {r}[1:4])::int + ({l}[6:7] = {r}[6:7])::int + ({l}[9:10] = {r}[9:10])::int)"
        " >= 2"
    )
    return (
        _same(name, 0.75),
        Level("day and month swapped", swapped, 0.02),
        _edits(name, 1, 0.08),
        Level("two of day, month and year are the same", two, 0.05),
        _edits(name, 2, 0.03),
    )


def _number(field: Field, names: set[str]) -> tuple[Level, ...]:
    return (_same(field.name, 0.8), _edits(field.name, 1, 0.08), _edits(field.name, 2, 0.03))


def _shared(name: str) -> str:
    """Half of all words of both; cheap tests go first, as most pairs have nothing in common."""
    both = f"len(list_intersect({name}_words_l, {name}_words_r))"
    return f"{_some(name)} AND {both} / (len({name}_words_l) + len({name}_words_r) - {both}) >= 0.5"


def _some(name: str) -> str:
    return f"list_has_any({name}_words_l, {name}_words_r)"


def _within(name: str) -> str:
    both = f"len(list_intersect({name}_words_l, {name}_words_r))"
    return f"{_some(name)} AND {both} = least(len({name}_words_l), len({name}_words_r))"


def _company(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    run = f"replace({name}_l, ' ', '') = replace({name}_r, ' ', '')"
    words = f"{name}_words_l = {name}_words_r OR {run}"
    return (
        _same(name, 0.6),
        Level("same words", words, 0.06),
        _like(name, 0.94, 0.08),
        Level("one has all words of the other", _within(name), 0.1),
        Level("half of the words are the same", _shared(name), 0.06),
        _like(name, 0.85, 0.05, "somewhat alike"),
    )


def _street(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    return (
        _same(name, 0.55),
        _like(name, 0.93, 0.12),
        Level("half of the words are the same", _shared(name), 0.1),
        _like(name, 0.82, 0.06, "somewhat alike"),
    )


def _city(field: Field, names: set[str]) -> tuple[Level, ...]:
    return (_same(field.name, 0.75), _like(field.name, 0.88, 0.1))


def _postcode(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    area = f"left({name}_l, 3) = left({name}_r, 3)"
    return (_same(name, 0.75), _edits(name, 1, 0.08), Level("same area", area, 0.05))


def _plain(field: Field, names: set[str]) -> tuple[Level, ...]:
    return (_same(field.name, 0.85), _edits(field.name, 1, 0.04))


def _text(field: Field, names: set[str]) -> tuple[Level, ...]:
    name = field.name
    return (
        _same(name, 0.5),
        _like(name, 0.92, 0.08),
        Level("half of the words are the same", _shared(name), 0.08),
    )


_OF: dict[Kind, Callable[[Field, set[str]], tuple[Level, ...]]] = {
    Kind.GIVEN: _given,
    Kind.FAMILY: _family,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.BIRTH: _birth,
    Kind.NUMBER: _number,
    Kind.COMPANY: _company,
    Kind.WEB: _plain,
    Kind.STREET: _street,
    Kind.CITY: _city,
    Kind.POSTCODE: _postcode,
    Kind.HOUSE: _plain,
    Kind.REGION: _plain,
    Kind.COUNTRY: _plain,
    Kind.TEXT: _text,
}
