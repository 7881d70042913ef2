"""The three values of a condition, and how they combine (Kleene's strong logic).

What nobody knows stays unknown: it is neither met nor unmet, and it does not vanish inside a group
unless the other members settle the matter. SQL's AND, OR and NOT over true, false and null are the
same logic.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """What a criterion came to."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


def truth_of(answer: bool | None) -> Truth:
    """The truth of SQL's answer: true is met, false is unmet, null (None) is unknown."""
    if answer is None:
        return Truth.UNKNOWN
    return Truth.MET if answer else Truth.UNMET


def opposite(truth: Truth) -> Truth:
    """Met and unmet exchanged; unknown stays unknown."""
    return {Truth.MET: Truth.UNMET, Truth.UNMET: Truth.MET}.get(truth, truth)


def every(truths: Iterable[Truth]) -> Truth:
    """Unmet if any is unmet, else unknown if any is unknown, else met; met when there is nothing
    to meet.
    """
    seen = set(truths)
    if Truth.UNMET in seen:
        return Truth.UNMET
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.MET


def some(truths: Iterable[Truth]) -> Truth:
    """Met if any is met, else unknown if any is unknown, else unmet; unmet when there is nothing
    to meet.
    """
    return opposite(every(opposite(truth) for truth in truths))


def no_one(truths: Iterable[Truth]) -> Truth:
    """Unmet if any is met, else unknown if any is unknown, else met."""
    return opposite(some(truths))
