"""What a field test means, said once for both voices: a few checks on the raw fact.

Every time and every scale is settled here, in Python, so that neither the session's time zone nor
the database's arithmetic can make SQL answer differently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import inf
from typing import Literal, cast

from leadfarm.rules.clauses.catalogue import Field
from leadfarm.rules.clauses.moment import Moment
from leadfarm.rules.clauses.operators import Kind
from leadfarm.rules.clauses.tree import FieldTest, Period, Value

Symbol = Literal[
    "=", "<>", "<", "<=", ">", ">=", "in", "contains", "starts", "overlaps", "includes", "known"
]
BOUNDS: dict[str, Symbol] = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
MIRRORED: dict[Symbol, Symbol] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of the raw fact with an operand. Only "known" has an answer when the fact is
    unknown.
    """

    symbol: Symbol
    operand: object = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """All checks hold, or with `negated` not all of them."""

    checks: tuple[Check, ...]
    negated: bool = False


def lowered(text: str) -> str:
    """Lower case letter by letter, as the database's lower() under C.UTF-8: no final sigma, one
    letter each.
    """
    return "".join(letter.lower()[0] for letter in text)


def _measure(field: Field, number: float | int, moment: Moment) -> object:
    if field.decays:
        return moment.stored_heat(float(number))
    return float(number) if number in (inf, -inf) else Decimal(str(number))


def _number(field: Field, test: FieldTest, moment: Moment) -> Meaning:
    if test.operator == "between":
        low, high = cast(tuple[float, float], test.value)
        return Meaning(
            (Check(">=", _measure(field, low, moment)), Check("<=", _measure(field, high, moment)))
        )
    operand = _measure(field, cast(float, test.value), moment)
    if test.operator in ("is", "is_not"):
        return Meaning((Check("=", operand),), negated=test.operator == "is_not")
    return Meaning((Check(BOUNDS[test.operator], operand),))


def _age(_: Field, test: FieldTest, moment: Moment) -> Meaning:
    if test.operator == "between":
        low, high = cast(tuple[float, float], test.value)
        return Meaning((Check("<=", moment.days_ago(low)), Check(">=", moment.days_ago(high))))
    mirrored = MIRRORED[BOUNDS[test.operator]]
    return Meaning((Check(mirrored, moment.days_ago(cast(float, test.value))),))


def _text(_: Field, test: FieldTest, __: Moment) -> Meaning:
    if test.operator in ("one_of", "none_of"):
        wanted = tuple(lowered(each) for each in cast(tuple[str, ...], test.value))
        return Meaning((Check("in", wanted),), negated=test.operator == "none_of")
    symbols: dict[str, Symbol] = {
        "contains": "contains",
        "lacks": "contains",
        "starts_with": "starts",
    }
    symbol = symbols.get(test.operator, "=")
    operand = lowered(cast(str, test.value))
    return Meaning((Check(symbol, operand),), negated=test.operator in ("lacks", "is_not"))


def _code(field: Field, key: Value) -> int:
    found = field.choice(cast(str, key))
    if found is None:
        raise LookupError(
            f"{field.label} has no choice {key!r}; parse the clause before you use it."
        )
    return found.code


def _ranked(field: Field, test: FieldTest) -> tuple[int, ...]:
    wanted = next(each.rank for each in field.choices if each.key == test.value)
    ranked = [each for each in field.choices if each.is_ranked]
    if test.operator == "at_least":
        return tuple(each.code for each in ranked if each.rank >= wanted)
    return tuple(each.code for each in ranked if each.rank <= wanted)


def _choice(field: Field, test: FieldTest, _: Moment) -> Meaning:
    if test.operator in ("one_of", "none_of"):
        codes = tuple(_code(field, key) for key in cast(tuple[str, ...], test.value))
        return Meaning((Check("in", codes),), negated=test.operator == "none_of")
    if test.operator in ("at_least", "at_most"):
        return Meaning((Check("in", _ranked(field, test)),))
    return Meaning((Check("=", _code(field, test.value)),), negated=test.operator == "is_not")


def _band(field: Field, test: FieldTest, moment: Moment) -> Meaning:
    keys = [each.key for each in field.choices]
    # The lowest band takes all below it, the highest all above.
    floors = [-inf, *(each.rank for each in field.choices[1:]), inf]
    place = keys.index(cast(str, test.value))
    low = Check(">=", _measure(field, floors[place], moment))
    ceiling = floors[place + 1]
    high = Check("<" if ceiling < inf else "<=", _bound(field, ceiling, moment))
    checks = {"at_least": (low,), "at_most": (high,)}.get(test.operator, (low, high))
    return Meaning(checks, negated=test.operator == "is_not")


def _bound(field: Field, ceiling: float, moment: Moment) -> object:
    return inf if ceiling == inf else _measure(field, ceiling, moment)


def _date(_: Field, test: FieldTest, moment: Moment) -> Meaning:
    if isinstance(test.value, Period):
        today = moment.at.date()
        low = moment.day_shifted(test.value, -1) if test.operator == "within_past" else today
        high = moment.day_shifted(test.value, 1) if test.operator == "within_next" else today
        return Meaning((Check(">=", low), Check("<=", high)))
    symbols: dict[str, Symbol] = {"before": "<", "after": ">", "on": "="}
    return Meaning((Check(symbols[test.operator], date.fromisoformat(cast(str, test.value))),))


def _moment(_: Field, test: FieldTest, moment: Moment) -> Meaning:
    if not isinstance(test.value, Period):
        return Meaning((Check("<=", moment.at),))
    low = moment.shifted(test.value, -1) if test.operator == "within_past" else moment.at
    high = moment.shifted(test.value, 1) if test.operator == "within_next" else moment.at
    return Meaning((Check(">=", low), Check("<=", high)))


def _yes_no(_: Field, test: FieldTest, __: Moment) -> Meaning:
    return Meaning((Check("=", test.value),))


def _set(field: Field, test: FieldTest, _: Moment) -> Meaning:
    codes = tuple(_code(field, key) for key in cast(tuple[str, ...], test.value))
    symbol: Symbol = "includes" if test.operator == "has_all" else "overlaps"
    return Meaning((Check(symbol, codes),), negated=test.operator == "has_none")


MEANINGS: dict[Kind, Callable[[Field, FieldTest, Moment], Meaning]] = {
    Kind.NUMBER: _number,
    Kind.AGE: _age,
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.CHOICE: _choice,
    Kind.RANKED: _choice,
    Kind.BAND: _band,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.SET: _set,
}


def meaning(field: Field, test: FieldTest, moment: Moment) -> Meaning:
    """The checks a parsed test stands for at that moment; LookupError for a choice the field does
    not have.
    """
    if test.operator in ("is_known", "is_unknown"):
        return Meaning((Check("known"),), negated=test.operator == "is_unknown")
    return MEANINGS[field.kind](field, test, moment)


def window_start(days: int | None, moment: Moment) -> datetime | None:
    """The first instant of an event's window, None for ever. Both edges belong to the window."""
    return None if days is None else moment.at - timedelta(days=days)
