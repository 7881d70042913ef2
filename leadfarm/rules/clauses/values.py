"""Reading one value of the JSON form. Each reader returns the canonical value or raises Wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from leadfarm.rules.clauses.catalogue import Field
from leadfarm.rules.clauses.operators import Kind, Shape
from leadfarm.rules.clauses.tree import Period, Value

MOST_TEXT = 200
MOST_CHOICES = 100
MOST_NUMBER = 10**15
MOST_DAYS = 36_500


class Wrong(ValueError):
    """A value that does not fit: what is wrong, and what is allowed."""

    def __init__(self, wrong: str, allowed: str) -> None:
        """Keep both halves apart for the list of faults."""
        super().__init__(f"{wrong}; allowed: {allowed}")
        self.wrong, self.allowed = wrong, allowed


def read_value(raw: object, field: Field, shape: Shape) -> Value:
    """The canonical value of a test; raises Wrong."""
    return READERS[shape](raw, field)


def _nothing(raw: object, _: Field) -> Value:
    if raw is not None:
        raise Wrong("this operator takes no value", "leave the value out")
    return None


def _number(raw: object, field: Field) -> int | float:
    most = MOST_DAYS if field.kind is Kind.AGE else MOST_NUMBER
    allowed = f"a number from {0 if field.kind is Kind.AGE else -most} to {most}"
    nan = isinstance(raw, float) and math.isnan(raw)
    if nan or isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Wrong(f"{_shown(raw)} is no number", allowed)
    if abs(raw) > most or (raw < 0 and field.kind is Kind.AGE):
        raise Wrong(f"{_shown(raw)} is out of bounds", allowed)
    return int(raw) if raw == int(raw) else raw


def _numbers(raw: object, field: Field) -> Value:
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise Wrong(f"{_shown(raw)} is no pair", "two numbers, the lower one first")
    low, high = _number(raw[0], field), _number(raw[1], field)
    if low > high:
        raise Wrong(f"{low} is more than {high}", "two numbers, the lower one first")
    return low, high


def _text(raw: object, _: Field) -> str:
    allowed = f"a text of 1 to {MOST_TEXT} letters"
    if not isinstance(raw, str) or not raw.strip() or "\x00" in raw:
        raise Wrong(f"{_shown(raw)} is no text", allowed)
    if len(raw.strip()) > MOST_TEXT:
        raise Wrong(f"the text has {len(raw.strip())} letters", allowed)
    return raw.strip()


def _several(raw: object, what: str) -> list[object]:
    if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= MOST_CHOICES:
        raise Wrong(f"{_shown(raw)} is no list of {what}", f"1 to {MOST_CHOICES} {what}")
    return list(raw)


def _texts(raw: object, field: Field) -> Value:
    return tuple(sorted({_text(each, field) for each in _several(raw, "texts")}))


def _choice(raw: object, field: Field) -> str:
    found = field.choice(raw) if isinstance(raw, str) else None
    if found is None:
        known = ", ".join(each.key for each in field.choices[:30])
        more = ", .." if len(field.choices) > 30 else ""
        ids = "an id as digits" if field.open_ended else ""
        raise Wrong(f"{_shown(raw)} is no choice of {field.label}", ids or f"{known}{more}")
    return found.key


def _rank(raw: object, field: Field) -> str:
    key = _choice(raw, field)
    ranked = [each.key for each in field.choices if each.is_ranked]
    if key not in ranked:
        raise Wrong(f"{key!r} has no place in the order", ", ".join(ranked))
    return key


def _choices(raw: object, field: Field) -> Value:
    keys = {_choice(each, field) for each in _several(raw, "choices")}
    order = {each.key: place for place, each in enumerate(field.choices)}
    return tuple(sorted(keys, key=lambda key: (order.get(key, len(order)), len(key), key)))


def _date(raw: object, _: Field) -> str:
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "").isoformat()
    except ValueError:
        raise Wrong(f"{_shown(raw)} is no date", "a date as YYYY-MM-DD") from None


def _period(raw: object, _: Field) -> Period:
    if isinstance(raw, dict) and len(raw) == 1:
        unit, length = next(iter(raw.items()))
        whole = isinstance(length, int) and not isinstance(length, bool)
        if unit == "days" and whole and 1 <= length <= MOST_DAYS:
            return Period(length, "days")
        if unit == "months" and whole and 1 <= length <= MOST_DAYS // 365 * 12:
            return Period(length, "months")
    raise Wrong(f"{_shown(raw)} is no period", '{"days": 30} or {"months": 3}, up to 100 years')


def _yes_no(raw: object, _: Field) -> bool:
    if not isinstance(raw, bool):
        raise Wrong(f"{_shown(raw)} is neither yes nor no", "true or false")
    return raw


READERS: dict[Shape, Callable[[object, Field], Value]] = {
    Shape.NOTHING: _nothing,
    Shape.NUMBER: _number,
    Shape.NUMBERS: _numbers,
    Shape.TEXT: _text,
    Shape.TEXTS: _texts,
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.RANK: _rank,
    Shape.DATE: _date,
    Shape.PERIOD: _period,
    Shape.YES_NO: _yes_no,
}


def _shown(raw: object) -> str:
    if isinstance(raw, int) and abs(raw) > 10**60:
        return "this number"  # Python refuses to print the longest
    said = repr(raw)
    return said if len(said) <= 60 else f"{said[:57]}..."
