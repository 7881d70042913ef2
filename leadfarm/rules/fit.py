"""Fit: who they are, in points from rules, as a letter, with the reasons as chips.

The letter scale is that of profile grading in common use: everyone starts at D and moves by thirds
of a letter; here ten points are one third, so that 0 is D, 100 is A+, and below 0 leads to F.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GRADES = ("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")
_START = GRADES.index("D")
POINTS_A_THIRD = 10
TOP = 100


@dataclass(frozen=True)
class Scored:
    """One rule as it turned out: met, unmet, or unknown (None), and what it is worth when met."""

    label: str
    points: int
    met: bool | None
    group: str = ""


@dataclass(frozen=True)
class Chip:
    """One reason as shown: what counted, or what would count if it were known."""

    label: str
    points: int
    is_unknown: bool


@dataclass(frozen=True)
class Fit:
    """Points (-20 to 100), letter, the chips in order of weight, and what share is known."""

    points: int
    letter: str
    chips: tuple[Chip, ...]
    known_share: float


def fit(rules: Sequence[Scored], caps: Mapping[str, int] | None = None) -> Fit:
    """The fit these outcomes add up to; `caps` holds the points of a group to at most its cap."""
    by_group: dict[str, int] = {}
    for rule in rules:
        if rule.met:
            by_group[rule.group] = by_group.get(rule.group, 0) + rule.points
    limits = caps or {}
    total = sum(min(points, limits.get(group, points)) for group, points in by_group.items())
    points = max(-_START * POINTS_A_THIRD, min(TOP, total))
    chips = [
        Chip(rule.label, rule.points, rule.met is None) for rule in rules if rule.met is not False
    ]
    chips.sort(key=lambda chip: (chip.is_unknown, -abs(chip.points), chip.label))
    known = sum(1 for rule in rules if rule.met is not None)
    return Fit(points, letter(points), tuple(chips), known / len(rules) if rules else 0.0)


def letter(points: int) -> str:
    """The grade of so many points."""
    notch = _START + points // POINTS_A_THIRD
    return GRADES[max(0, min(notch, len(GRADES) - 1))]
