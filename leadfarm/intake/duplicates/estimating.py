"""What likeness is worth here: learned from the pairs themselves, without labels.

Expectation and maximisation over the patterns of levels. Chance agreement comes from pairs drawn
at random (Splink's u); agreement among duplicates (m) starts from experience and follows the data.
Splink's own sessions leave out what a blocking rule holds fixed; on a few thousand rows with many
columns that leaves too little to learn from, so all compared pairs are looked at together. And
pairs are of three classes: colleagues share company, town and switchboard as duplicates do.

The words: u is how often two strangers are this alike, m how often two duplicates are; m over u is
what a likeness is worth, its binary logarithm that worth in bits (one bit doubles the odds).
Expectation says of each pair how likely it is a duplicate by these worths; maximisation works the
worths out anew from that; in turns, until nothing changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leadfarm.rules.duplicates.kinds import Part

Floats = NDArray[np.float64]
Levels = NDArray[np.int64]

ROUNDS = 40
# Experience weighs as much as so many true pairs: few data do not run away with the estimate.
WEIGHT_OF_EXPERIENCE = 30.0
RAREST = 2e-6
NEVER = 1e-12
# Five of the pairs drawn at random: fewer tell nothing about how often chance reaches a level.
SEEN_ENOUGH = 2.5e-5
# How firmly the expectation of what related records share holds against the data.
_FIRM = {Part.OWN: 1e9, Part.FAMILY: 200.0, Part.SHARED: 30.0}
# Before anything is learned: one record in twenty has a second one.
DUPLICATES_EXPECTED = 0.05


@dataclass(frozen=True)
class Patterns:
    """How often each combination of levels occurs; -1 where a value is missing."""

    levels: Levels  # patterns x comparisons
    counts: Floats
    records: int

    @property
    def of_all(self) -> float:
        """Return how many pairs there are, compared or not."""
        return max(self.records * (self.records - 1) / 2, 1.0)


@dataclass(frozen=True)
class Belief:
    """What is known about one comparison before the pairs are looked at."""

    shares: Floats  # of the levels among duplicates, by experience
    chance: Floats  # of the levels among random pairs
    part: Part
    tied: tuple[float | None, ...] = ()  # shares among related records, where experience tells
    differs_at_most: float = 1.0  # share of the last level among duplicates


@dataclass(frozen=True)
class Worth:
    """What each level of each comparison weighs, in bits, and the weight before any evidence.

    `levels` speaks for the same against strangers, `ties` for related against strangers (colleagues
    of one company, people of one household): who shares only what they share is not the same.
    """

    levels: list[Floats]
    ties: list[Floats]
    prior: float
    prior_of_ties: float


def estimate(patterns: Patterns, beliefs: Sequence[Belief]) -> Worth:
    """Return the worth of each level; the same patterns always give the same worth."""
    same = [belief.shares / belief.shares.sum() for belief in beliefs]
    beliefs = _careful(patterns, beliefs)
    strangers = [belief.chance for belief in beliefs]
    ties, anchors = ([_expected_of_ties(belief) for belief in beliefs] for _ in range(2))
    rate = _rate(DUPLICATES_EXPECTED * patterns.records, patterns)
    tied = rate if Part.SHARED in [belief.part for belief in beliefs] else NEVER
    for _ in range(ROUNDS):
        odds = _odds(patterns.levels, (same, ties, strangers), (rate, tied))
        likely, related = (each * patterns.counts for each in odds)
        for at, belief in enumerate(beliefs):
            levels = patterns.levels[:, at]
            same[at] = _same(levels, likely, belief)
            strangers[at] = _by_chance(belief.chance, same[at], rate)
            ties[at] = _share(levels, related, anchors[at], _FIRM[belief.part])
        rate = _rate(float(likely.sum()), patterns)
        tied = _rate(float(related.sum()), patterns) if tied > NEVER else NEVER
    return Worth(
        [
            _ordered(np.log2(one / other), belief.chance)
            for one, other, belief in zip(same, strangers, beliefs, strict=True)
        ],
        [np.log2(one / other) for one, other in zip(ties, strangers, strict=True)],
        *(float(np.log2(each / (1 - rate - tied))) for each in (rate, tied)),
    )


def _careful(patterns: Patterns, beliefs: Sequence[Belief]) -> list[Belief]:
    """Few records cannot tell how rare chance agreement is: it is not taken for rarer."""
    rarest = max(RAREST, 0.5 / patterns.of_all)
    return [replace(each, chance=np.maximum(each.chance, rarest)) for each in beliefs]


def _expected_of_ties(belief: Belief) -> Floats:
    same, chance = belief.shares / belief.shares.sum(), np.maximum(belief.chance, RAREST)
    if any(share is not None for share in belief.tied):
        return _told(belief.tied, chance / chance.sum())
    if belief.part is Part.OWN:
        return np.asarray(chance / chance.sum())
    if belief.part is Part.SHARED:
        return np.asarray(same)
    return np.asarray(0.3 * same + 0.7 * chance / chance.sum())


def _told(tied: tuple[float | None, ...], rest: Floats) -> Floats:
    """Shares by experience where it tells; what remains is as with strangers."""
    open_ = np.array([share is None for share in tied])
    told = np.array([share or 0.0 for share in tied])
    spread = rest * open_ * (1.0 - told.sum()) / (rest * open_).sum()
    return np.asarray(told + spread)


def _rate(found: float, patterns: Patterns) -> float:
    return min(max(found, 1.0) / patterns.of_all, 0.3)


def _odds(
    levels: Levels, classes: tuple[list[Floats], ...], rates: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Return how likely each pattern is of the same, and of related, records."""
    same, ties, strangers = classes
    rest = 1.0 - sum(rates)
    bits = [np.full(len(levels), np.log2(rate / rest)) for rate in rates]
    for at, by_chance in enumerate(strangers):
        for of, one in zip(bits, (same[at], ties[at]), strict=True):
            # The last weight answers -1: missing says nothing.
            of += np.append(np.log2(one / by_chance), 0.0)[levels[:, at]]
    top = np.maximum(np.maximum(*bits), 0.0)
    parts = [np.exp2(of - top) for of in bits]
    total = parts[0] + parts[1] + np.exp2(-top)
    return np.asarray(parts[0] / total), np.asarray(parts[1] / total)


def _share(levels: Levels, likely: Floats, experience: Floats, weight: float) -> Floats:
    seen = levels >= 0
    counted = np.bincount(levels[seen], weights=likely[seen], minlength=len(experience))
    blended = counted + weight * experience / experience.sum()
    return np.asarray(blended / blended.sum())


def _same(levels: Levels, likely: Floats, belief: Belief) -> Floats:
    shares = _share(levels, likely, belief.shares, WEIGHT_OF_EXPERIENCE)
    return _at_most(shares, belief.differs_at_most)


def _at_most(shares: Floats, most: float) -> Floats:
    """Return the shares with the last, of those that differ, no greater than `most`."""
    if shares[-1] <= most:
        return shares
    rest = shares[:-1] * (1.0 - most) / shares[:-1].sum()
    return np.append(rest, most)


def _by_chance(chance: Floats, same: Floats, rate: float) -> Floats:
    """Random pairs hold true pairs as well; in small tables they would hide how rare chance is."""
    bare = (chance - rate * same) / (1 - rate)
    return np.asarray(np.maximum(bare, np.maximum(chance * 0.05, RAREST)))


def _ordered(weights: Floats, chance: Floats) -> Floats:
    """A level that chance never reached in the sample weighs no more than the closer ones."""
    seen = np.where(chance >= SEEN_ENOUGH, np.inf, np.minimum.accumulate(weights))
    return np.asarray(np.minimum(weights, seen))
