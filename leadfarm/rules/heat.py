"""Heat: engagement that halves with every half-life, in one number that needs no nightly job.

Engagement E decays as E(now) = E0 * 2^-((now - t0)/h). We store heat = log2(E0) + t0/h, with t0
counted from EPOCH. The decay is then in the reading, not in the row: the order of two leads never
changes while nobody touches them, and "E >= level" is "heat >= log2(level) + now/h", which a plain
index serves. One half-life per workspace: different ones would break the order. None is a lead
never heated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp2, log2

from leadfarm.rules.codes import Temperature

# Any fixed instant does; a late one keeps the numbers small and so exact to a millisecond.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TOP = 100.0
HALF_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Levels:
    """From which engagement on a lead is warm, and hot; below it is cold."""

    warm: float = 15.0
    hot: float = 40.0


def add(
    heat: float | None, points: float, at: datetime, half_life: timedelta, top: float = TOP
) -> float | None:
    """The heat after a touch of so many points at `at`; touches may come in any order.

    The cap holds engagement at `at` to `top`, but never takes away what later touches gave.
    Points of zero or less leave the heat as it is: what cools a lead is time.
    """
    if points <= 0:
        return heat
    fresh = threshold(points, at, half_life)
    ceiling = threshold(top, at, half_life)
    if heat is None:
        return min(fresh, ceiling)
    high, low = max(heat, fresh), min(heat, fresh)
    total = high + log2(1 + exp2(max(low - high, -1000.0)))
    return max(heat, min(total, ceiling))


def as_of(heat: float | None, now: datetime, half_life: timedelta, top: float = TOP) -> float:
    """Engagement at `now`, from 0 to `top`; 0.0 for a lead never heated."""
    if heat is None:
        return 0.0
    exponent = heat - _halvings(now, half_life)
    # Read before the touch that heated it, a heat says more than it was: the cap keeps it readable.
    return min(top, exp2(min(max(exponent, -1000.0), 1000.0)))


def threshold(level: float, now: datetime, half_life: timedelta) -> float:
    """The stored heat that means engagement `level` (above 0) at `now`."""
    if level <= 0:
        raise ValueError(f"A level of heat must be above 0, not {level}.")
    return log2(level) + _halvings(now, half_life)


def cools_at(heat: float, level: float, half_life: timedelta) -> datetime:
    """The moment at which engagement falls to `level`, if nothing more happens."""
    return EPOCH + half_life * (heat - log2(level))


def temperature(
    heat: float | None, now: datetime, half_life: timedelta, levels: Levels
) -> Temperature:
    """Cold, warm or hot at `now` (S1-18)."""
    # Compared as stored, like the index does it, so that page and list agree on the boundary.
    if heat is None or heat < threshold(levels.warm, now, half_life):
        return Temperature.COLD
    if heat < threshold(levels.hot, now, half_life):
        return Temperature.WARM
    return Temperature.HOT


def within_cap(points: float, already: float, cap: float | None) -> float:
    """What is left of `points` when `already` were given of at most `cap` (None: no cap)."""
    if cap is None:
        return points
    return max(0.0, min(points, cap - already))


def _halvings(at: datetime, half_life: timedelta) -> float:
    if half_life <= timedelta(0):
        raise ValueError(f"A half-life must be longer than nothing, not {half_life}.")
    return (at - EPOCH) / half_life
