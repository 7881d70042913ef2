"""Which operators a kind of field has, what value each takes, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field's raw fact is, and so what can be asked of it."""

    NUMBER = "number"
    TEXT = "text"
    WORDS = "words"  # several texts at once: what holds of any of them
    CHOICE = "choice"  # a code or an id
    RANKED = "ranked"  # a code with an order: stages
    BAND = "band"  # a number read as a letter or a level
    DATE = "date"
    MOMENT = "moment"
    AGE = "age"  # a moment read as the days since it
    YES_NO = "yes-no"
    SET = "set"  # codes, several at once
    KNOWLEDGE = "knowledge"  # only whether anything is known


class Shape(StrEnum):
    """What value an operator takes; also the kind of input a builder shows."""

    NOTHING = "nothing"
    NUMBER = "number"
    NUMBERS = "two numbers"
    TEXT = "text"
    TEXTS = "texts"
    CHOICE = "choice"
    CHOICES = "choices"
    RANK = "rank"  # a choice that has a place in the order
    DATE = "date"
    PERIOD = "period"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name in the JSON form, its words between field and value, the value it
    takes.
    """

    name: str
    words: str
    shape: Shape


def _operators(shape: Shape, *names: tuple[str, str]) -> tuple[Operator, ...]:
    return tuple(Operator(name, words, shape) for name, words in names)


KNOWN = _operators(Shape.NOTHING, ("is_known", "is known"), ("is_unknown", "is unknown"))
MEASURES = (
    *_operators(
        Shape.NUMBER,
        ("at_least", "is at least"),
        ("more_than", "is more than"),
        ("at_most", "is at most"),
        ("less_than", "is less than"),
    ),
    Operator("between", "is between", Shape.NUMBERS),
)
EQUALS = _operators(Shape.NUMBER, ("is", "is"), ("is_not", "is not"))
ONE = _operators(Shape.CHOICE, ("is", "is"), ("is_not", "is not"))
SEVERAL = _operators(Shape.CHOICES, ("one_of", "is one of"), ("none_of", "is none of"))
RANKS = _operators(Shape.RANK, ("at_least", "is"), ("at_most", "is"))
NEARBY = _operators(
    Shape.PERIOD, ("within_past", "is within the past"), ("within_next", "is within the next")
)

OPERATORS: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.NUMBER: (*MEASURES, *EQUALS, *KNOWN),
    Kind.AGE: (*MEASURES, *KNOWN),
    Kind.TEXT: (
        *_operators(
            Shape.TEXT,
            ("contains", "contains"),
            ("lacks", "does not contain"),
            ("is", "is"),
            ("is_not", "is not"),
            ("starts_with", "starts with"),
        ),
        Operator("one_of", "is one of", Shape.TEXTS),
        Operator("none_of", "is none of", Shape.TEXTS),
        *KNOWN,
    ),
    Kind.WORDS: (
        *_operators(Shape.TEXT, ("contains", "contains"), ("lacks", "does not contain")),
        *KNOWN,
    ),
    Kind.CHOICE: (*ONE, *SEVERAL, *KNOWN),
    Kind.RANKED: (*ONE, *SEVERAL, *RANKS, *KNOWN),
    Kind.BAND: (*ONE, *RANKS, *KNOWN),
    Kind.DATE: (
        *_operators(Shape.DATE, ("before", "is before"), ("after", "is after"), ("on", "is on")),
        *NEARBY,
        *KNOWN,
    ),
    Kind.MOMENT: (Operator("passed", "has passed", Shape.NOTHING), *NEARBY, *KNOWN),
    Kind.YES_NO: (Operator("is", "is", Shape.YES_NO), *KNOWN),
    Kind.SET: _operators(
        Shape.CHOICES, ("has_any", "include any of"), ("has_all", "include"), ("has_none", "lack")
    ),
    Kind.KNOWLEDGE: KNOWN,
}
