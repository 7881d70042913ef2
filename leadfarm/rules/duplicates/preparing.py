"""Records in the form in which they are compared: folded, taken apart, with keys to be found by."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.rules.duplicates.company_words import initials, names_a_part, telling_words
from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.letters import latin
from leadfarm.rules.duplicates.nicknames import roots_of
from leadfarm.rules.duplicates.street_words import street_words
from leadfarm.rules.duplicates.telling import bits_of_words, rarest, telling, told
from leadfarm.rules.names import company_key, domain_of, fold, person_key

_EMPTY = frozenset(
    {"", "null", "none", "nan", "n/a", "na", "-", "--", "?", "unknown", "unbekannt", "nil", "#n/a"}
)
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_IN_ROLES = """
info office sales kontakt contact hello mail email post admin support service team welcome
    buero vertrieb einkauf marketing hr jobs billing accounting invoice enquiries reception
    purchasing orders bestellung rechnung verkauf hallo press newsletter noreply webmaster
    contacto ventas compras commercial accueil
"""
_ROLES = frozenset(_IN_ROLES.split())
WORDY = frozenset({Kind.COMPANY, Kind.STREET, Kind.TEXT})
_DATE_PARTS = (Kind.BIRTH_YEAR, Kind.BIRTH_MONTH, Kind.BIRTH_DAY)

Cells = Sequence[str]
Prepared = dict[str, list[Any]]


@dataclass(frozen=True)
class Field:
    """One thing records are compared by: what it is, where it comes from, its name in the table."""

    kind: Kind
    sources: tuple[str, ...]
    name: str


def fields_of(kinds: Mapping[str, Kind]) -> list[Field]:
    """Return what can be compared; a second column of a kind becomes a field of its own."""
    fields: list[Field] = []
    for kind in Kind:
        if kind in (Kind.KEY, Kind.NOTHING, Kind.PERSON, *_DATE_PARTS):
            continue
        columns = [name for name, each in kinds.items() if each is kind]
        fields += [Field(kind, (name,), _named(kind, at)) for at, name in enumerate(columns)]
    return fields + _whole_names(kinds) + _dates_in_parts(kinds)


def _named(kind: Kind, at: int) -> str:
    return f"{kind.name.lower()}_{at}" if at else kind.name.lower()


def _whole_names(kinds: Mapping[str, Kind]) -> list[Field]:
    columns = [name for name, kind in kinds.items() if kind is Kind.PERSON][:1]
    return [
        Field(kind, (name, kind), kind.name.lower())
        for name in columns
        for kind in (Kind.GIVEN, Kind.FAMILY)
    ]


def _dates_in_parts(kinds: Mapping[str, Kind]) -> list[Field]:
    found = {kind: name for name, kind in kinds.items() if kind in _DATE_PARTS}
    if Kind.BIRTH in kinds.values() or not found:
        return []
    if len(found) < len(_DATE_PARTS):
        return [Field(Kind.TEXT, (name,), kind.name.lower()) for kind, name in found.items()]
    return [Field(Kind.BIRTH, tuple(found[part] for part in _DATE_PARTS), "birth")]


def prepare(fields: Sequence[Field], columns: Mapping[str, Cells]) -> Prepared:
    """Return the columns of the prepared table, None where a value is missing."""
    table: Prepared = {}
    people = any(field.kind in (Kind.GIVEN, Kind.FAMILY) for field in fields)
    for field in fields:
        values = list(_values(field, columns))
        if field.kind is Kind.EMAIL and people:
            values = [None if is_role_address(value) else value for value in values]
        table[field.name] = values
        for name, make in _BESIDE.get(field.kind, {}).items():
            made = {value: make(value) for value in set(values) if value is not None}
            table[f"{field.name}_{name}"] = [made[value] if value else None for value in values]
        if field.kind in WORDY:
            table |= _weighed(field.name, table[f"{field.name}_words"])
    return table


def _weighed(name: str, values: list[Any]) -> Prepared:
    """What the words of a field tell: which matter, the rarest, and all together in bits."""
    bits = bits_of_words(values)
    return {
        f"{name}_telling": [None if words is None else telling(words, bits) for words in values],
        f"{name}_rarest": [None if words is None else rarest(words, bits) for words in values],
        f"{name}_bits": [None if words is None else told(words, bits) for words in values],
    }


def _values(field: Field, columns: Mapping[str, Cells]) -> Iterable[str | None]:
    if len(field.sources) == len(_DATE_PARTS):
        parts = zip(*(columns[name] for name in field.sources), strict=True)
        return (_date_of(*each) for each in parts)
    cells = columns[field.sources[0]]
    if len(field.sources) == 2:  # half of a whole name
        made = {cell: _half(cell, field.kind) for cell in set(cells)}
    else:
        make = _FORMS.get(field.kind, fold)
        made = {cell: _filled(make, cell) for cell in set(cells)}
    return (made[cell] for cell in cells)


def _filled(make: Callable[[str], str | None], cell: str) -> str | None:
    bare = cell.strip()
    return None if bare.lower() in _EMPTY else make(bare) or None


def _half(cell: str, half: Kind) -> str | None:
    words = (_filled(_person_word, cell) or "").split()
    if half is Kind.FAMILY:
        return words[-1] if words else None
    return " ".join(words[:-1]) or None


def _forms(given: str) -> list[str]:
    return roots_of(given)


def _words(value: str) -> list[str]:
    return sorted({word for word in _WORD.findall(value) if len(word) > 1 or word.isdigit()})


def _name_words(value: str) -> list[str]:
    return sorted(set(telling_words(value)))


def _run_together(value: str) -> str:
    return "".join(telling_words(value))


def _part(value: str) -> list[str]:
    return names_a_part(telling_words(value))


def _local(email: str) -> str:
    return email.partition("@")[0]


def _host(email: str) -> str:
    return email.partition("@")[2]


def _bare(email: str) -> str:
    return "".join(_WORD.findall(latin(_local(email))))


def _figures(text: str) -> str:
    return " ".join(_DIGITS.findall(text))


def is_role_address(email: str | None) -> bool:
    """Whether an address belongs to a desk and not to a person."""
    return email is not None and re.sub(r"[^a-z]", "", _local(email)) in _ROLES


def _date_of(year: str, month: str, day: str) -> str | None:
    numbers = [re.sub(r"\.0+$", "", part.strip()) for part in (year, month, day)]
    if not all(number.isdigit() for number in numbers):
        return None
    return f"{numbers[0]:0>4}-{numbers[1]:0>2}-{numbers[2]:0>2}"


def _birth(text: str) -> str | None:
    """The date as year-month-day, as far as its form tells; what is unreadable stays as it is."""
    parts = _DIGITS.findall(text.split("T")[0].split(" ")[0])
    if len(parts) == 1 and len(parts[0]) == 8:
        whole = parts[0]
        return f"{whole[:4]}-{whole[4:6]}-{whole[6:]}"
    if len(parts) == 3:
        if len(parts[2]) == 4:
            parts.reverse()
        return _date_of(*parts)
    return fold(text)


def _phone(text: str) -> str | None:
    """The digits without the zeros and the country's prefix in front; None when too few."""
    digits = "".join(_DIGITS.findall(text)).lstrip("0")
    return digits if len(digits) >= 5 else None


def _joined(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(latin(text)))


def _street(text: str) -> str:
    return " ".join(street_words(_plain(text)))


def _house(text: str) -> str:
    return _joined(text).lstrip("0")


def _person_word(text: str) -> str:
    return latin(person_key(text))


def _company(text: str) -> str:
    return latin(company_key(text))


def _domain(text: str) -> str | None:
    return domain_of(text) or fold(text)


_FORMS: dict[Kind, Callable[[str], str | None]] = {
    Kind.GIVEN: _person_word,
    Kind.FAMILY: _person_word,
    Kind.COMPANY: _company,
    Kind.PHONE: _phone,
    Kind.WEB: _domain,
    Kind.BIRTH: _birth,
    Kind.HOUSE: _house,
    Kind.POSTCODE: _joined,
    Kind.NUMBER: _joined,
    Kind.STREET: _street,
    Kind.CITY: _plain,
    Kind.REGION: _plain,
    Kind.TEXT: _plain,
}
# What a field is compared by beside its value.
_BESIDE: dict[Kind, dict[str, Callable[[str], object]]] = {
    Kind.GIVEN: {"forms": _forms},
    Kind.COMPANY: {
        "words": _name_words, "run": _run_together, "initials": initials, "part": _part,
    },
    Kind.STREET: {"words": _words, "figures": _figures},
    Kind.TEXT: {"words": _words},
    Kind.EMAIL: {"local": _local, "host": _host, "figures": _figures, "bare": _bare},
}  # fmt: skip
LISTS = ("_words", "_forms", "_part", "_telling")
NUMBERS = ("_bits",)
