"""From a value to a place: linear, clipped, rounded to what a screen can show."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Maps `low`..`high` to `start`..`end`; a range without width maps all to the middle."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """Return the place of a value, kept inside the range, with two decimals."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 2)
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 2)


def round_top(highest: float) -> float:
    """Return the next round number: 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8):
        if highest <= factor * power:
            return factor * power
    return 10 * power


def ticks(top: float) -> list[float]:
    """Return three to five even values from above 0 up to `top`."""
    for parts in (4, 5, 3):
        step = top / parts
        lead = step / 10.0 ** math.floor(math.log10(step))
        if round(lead, 6) in (1, 2, 2.5, 5):
            return [step * (index + 1) for index in range(parts)]
    return [top * (index + 1) / 4 for index in range(4)]
