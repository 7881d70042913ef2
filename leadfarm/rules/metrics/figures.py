"""The figures of CAPABILITIES D as functions of their counts and sums.

Money is Decimal in and out; a figure that has no value (nothing to divide by) is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, sqrt
from statistics import median

from leadfarm.rules.metrics.intervals import Z95, Rate, rate


def cost_per_qualified(
    *, media: Decimal, tools: Decimal, vendor: Decimal, people: Decimal, qualified: int
) -> Decimal | None:
    """D-1: all cost of a cohort, people included, over its leads that reached Qualified."""
    if qualified <= 0:
        return None
    return (media + tools + vendor + people) / qualified


def stage_conversion(entered: int, later_reached_next: int) -> Rate:
    """D-2: of those that entered a stage within the window, those that later reached the next."""
    return rate(later_reached_next, entered)


def acceptance(accepted: int, rejected: int, expired: int) -> Rate:
    """D-3: expired deliveries count against sales."""
    return rate(accepted, accepted + rejected + expired)


def velocity(
    opportunities: int, win_rate: float, mean_won_value: Decimal, cycle_days: float
) -> Decimal | None:
    """D-4: value won per day; the cycle is the median in days."""
    if cycle_days <= 0:
        return None
    return opportunities * Decimal(str(win_rate)) * mean_won_value / Decimal(str(cycle_days))


def win_rate(won: int, lost: int) -> Rate:
    """D-5: of those closed in the window."""
    return rate(won, won + lost)


@dataclass(frozen=True)
class ForecastError:
    """D-12: WAPE and bias as shares of the actual sum; positive bias is optimism."""

    wape: float
    bias: float


def forecast_error(forecast: Sequence[float], actual: Sequence[float]) -> ForecastError | None:
    """D-12: sum of |F - A|, and of F - A, over the sum of A; None when nothing came in."""
    pairs = list(zip(forecast, actual, strict=True))
    total = sum(actual)
    if total <= 0:
        return None
    absolute = sum(abs(f - a) for f, a in pairs)
    return ForecastError(absolute / total, sum(f - a for f, a in pairs) / total)


@dataclass(frozen=True)
class Quantile:
    """A quantile with n and a 95 % interval; low and high are None where n is too small for one."""

    value: float
    n: int
    low: float | None
    high: float | None


def quantile(values: Sequence[float], share: float) -> Quantile | None:
    """The quantile with its interval by order statistics; None without values.

    The interval takes the ranks n*p -+ z*sqrt(n*p*(1-p)) (W. J. Conover, Practical Nonparametric
    Statistics, 3.2); ranks outside 1..n mean that n is too small to give that end.
    """
    ordered, n = sorted(values), len(values)
    if not n:
        return None
    if not 0 < share < 1:
        raise ValueError(f"A quantile lies between 0 and 1, not at {share}.")
    half = Z95 * sqrt(n * share * (1 - share))
    low_rank, high_rank = floor(n * share - half), ceil(n * share + half) + 1
    return Quantile(
        _interpolated(ordered, share),
        n,
        ordered[low_rank - 1] if low_rank >= 1 else None,
        ordered[high_rank - 1] if high_rank <= n else None,
    )


def middle(values: Sequence[float]) -> Quantile | None:
    """The median with its interval; None without values."""
    return quantile(values, 0.5)


def median_days(values: Sequence[float]) -> float | None:
    """The plain median; None without values."""
    return median(values) if values else None


def _interpolated(ordered: Sequence[float], share: float) -> float:
    """Linear between order statistics, like percentile_cont in PostgreSQL."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
