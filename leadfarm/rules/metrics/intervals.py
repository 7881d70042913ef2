"""Rates with intervals: Wilson for one, Newcombe for the difference of two; when n is too small.

Wilson: E. B. Wilson, JASA 22 (1927). Newcombe: R. G. Newcombe, Statistics in Medicine 17 (1998),
method 10, the hybrid of two Wilson intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)
# Below this many cases, or with a wider interval, a rate says nothing a decision may rest on.
FEWEST = 10
WIDEST = 0.30
TOO_FEW = "too few to tell"


@dataclass(frozen=True)
class Rate:
    """A share with its counts and 95 % interval; `value` is None where n is 0."""

    hits: int
    n: int
    value: float | None
    low: float
    high: float

    @property
    def is_too_few(self) -> bool:
        """Whether the page must say "too few to tell" instead of ranking by it (S1-12)."""
        return too_few(self.n, (self.low, self.high))


@dataclass(frozen=True)
class Difference:
    """One share minus another, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves zero out; if not: "not shown yet"."""
        return self.low > 0 or self.high < 0


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of hits of n; (0, 1) where n is 0. ValueError if impossible."""
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is not a share.")
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, z * z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At the ends the formula is exact, and rounding is not.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return low, high


def rate(hits: int, n: int) -> Rate:
    """The share hits of n with its interval."""
    low, high = wilson(hits, n)
    return Rate(hits, n, hits / n if n else None, low, high)


def newcombe(hits_a: int, n_a: int, hits_b: int, n_b: int, z: float = Z95) -> Difference:
    """Share a minus share b. ValueError when one side is empty (D-17)."""
    if not n_a or not n_b:
        raise ValueError("A difference needs cases on both sides.")
    share_a, share_b = hits_a / n_a, hits_b / n_b
    low_a, high_a = wilson(hits_a, n_a, z)
    low_b, high_b = wilson(hits_b, n_b, z)
    value = share_a - share_b
    low = value - sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    high = value + sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    return Difference(value, low, high)


def too_few(n: int, interval: tuple[float, float] | None = None, widest: float = WIDEST) -> bool:
    """Whether n cases with this interval are too few to tell (law 10)."""
    if n < FEWEST:
        return True
    return interval is not None and interval[1] - interval[0] > widest
