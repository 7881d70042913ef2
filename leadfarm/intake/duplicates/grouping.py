"""Pairs to groups: who belongs together, seen from all pairs and not from one bridge."""

from collections.abc import Iterable
from itertools import combinations

Edge = tuple[int, int, float]
# What a pair counts that was not even compared, and the most a single pair counts, in bits.
NOT_COMPARED = -6.0
AT_MOST = 12.0


def grouped(edges: Iterable[Edge], least: float = 0.0) -> list[list[int]]:
    """Return groups of records, each sorted: joined, the surest first, while the mean pair holds.

    `edges` are (left, right, bits); two groups become one when the mean over all pairs between
    them is at least `least`. So a chain of weak likenesses does not draw strangers together.
    """
    bits = {_key(left, right): weight for left, right, weight in edges}
    group_of: dict[int, list[int]] = {}
    strong = [(weight, pair) for pair, weight in bits.items() if weight >= least]
    for _, (left, right) in sorted(strong, key=lambda each: (-each[0], each[1])):
        one = group_of.setdefault(left, [left])
        other = group_of.setdefault(right, [right])
        if one is not other and _mean(one, other, bits) >= least:
            one.extend(other)
            group_of.update(dict.fromkeys(other, one))
    groups = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    return sorted(groups.values())


def pairs_of(groups: Iterable[list[int]]) -> set[tuple[int, int]]:
    """Return all pairs inside groups, the smaller number first."""
    return {pair for group in groups for pair in combinations(group, 2)}


def _mean(one: list[int], other: list[int], bits: dict[tuple[int, int], float]) -> float:
    total = sum(
        max(-AT_MOST, min(AT_MOST, bits.get(_key(left, right), NOT_COMPARED)))
        for left in one
        for right in other
    )
    return total / (len(one) * len(other))


def _key(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
