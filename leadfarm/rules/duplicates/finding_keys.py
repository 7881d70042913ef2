"""Under which keys a record is looked up, so that not everybody is compared with everybody."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from leadfarm.rules.duplicates.kinds import Kind
from leadfarm.rules.duplicates.preparing import WORDY, Field

# What tells a person or a company enough to be looked up by alone.
_ALONE = {
    Kind.EMAIL: "{0}",
    Kind.PHONE: "right({0}, 8)",
    Kind.NUMBER: "{0}",
    Kind.WEB: "{0}",
    Kind.BIRTH: "{0}",
    Kind.FAMILY: "{0}",
    Kind.GIVEN: "{0}",
    Kind.COMPANY: "{0}_run[1:6]",
}
# What tells enough in twos: a rough form that a slip of the pen seldom reaches.
_TOGETHER = {
    Kind.GIVEN: "{0}[1:2]",
    Kind.FAMILY: "{0}[1:3]",
    Kind.BIRTH: "{0}[1:4]",
    Kind.CITY: "{0}[1:3]",
    Kind.POSTCODE: "{0}",
    Kind.HOUSE: "{0}",
    Kind.STREET: "{0}[1:5]",
    Kind.COMPANY: "{0}_run[1:4]",
}


def key_expressions(fields: Sequence[Field]) -> list[str]:
    """Return DuckDB expressions over the prepared table: each one key of a record, or NULL."""
    return [
        *_alone(fields),
        *_in_twos(fields),
        *_names_in_any_order(fields),
        *(f"'user:' || {field.name}_local" for field in fields if field.kind is Kind.EMAIL),
        *(f"'to:' || {key}" for field in fields for key in _elsewhere(field)),
    ]


def word_columns(fields: Sequence[Field]) -> list[str]:
    """Return the columns whose words are keys as well; frequent words are dropped later."""
    return [f"{field.name}_words" for field in fields if field.kind in WORDY]


def _alone(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        if field.kind in _ALONE:
            yield f"'{field.kind.name}:' || {_ALONE[field.kind].format(field.name)}"


def _in_twos(fields: Sequence[Field]) -> Iterator[str]:
    rough = [
        (field.name, _TOGETHER[field.kind].format(field.name))
        for field in fields
        if field.kind in _TOGETHER and field.name == field.kind.name.lower()
    ]
    for (name, one), (other_name, other) in combinations(rough, 2):
        yield f"'{name}+{other_name}:' || {one} || '|' || {other}"


def _names_in_any_order(fields: Sequence[Field]) -> Iterator[str]:
    if {"given", "family"} <= {field.name for field in fields}:
        yield "'any:' || least(given[1:4], family[1:4]) || '|' || greatest(given[1:4], family[1:4])"


def _elsewhere(field: Field) -> Iterator[str]:
    """Keys under which another form is found: the initials of a company, the name of a site."""
    if field.kind is Kind.COMPANY:
        yield f"nullif({field.name}_initials, '')"
        yield f"CASE WHEN length({field.name}_run) BETWEEN 3 AND 6 THEN {field.name}_run END"
    if field.kind is Kind.WEB:
        yield f"split_part({field.name}, '.', 1)"
