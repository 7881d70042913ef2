"""A dot with its interval and the tick of its target, on a rail."""

from dataclasses import dataclass
from typing import Literal

from leadfarm.ui.charts.scale import Scale


@dataclass(frozen=True, kw_only=True)
class Whisker:
    """The mark drawn by ui/whisker.html. `less_is_better` turns the promise round."""

    value: float
    low: float
    high: float
    target: float | None = None
    floor: float = 0.0
    ceiling: float = 1.0
    less_is_better: bool = False
    label: str = ""

    @property
    def says(self) -> Literal["", "met", "short", "unmet"]:
        """Judge: met, short but maybe by chance (the interval holds the target), or unmet."""
        if self.target is None:
            return ""
        sign = -1 if self.less_is_better else 1
        if sign * (self.value - self.target) >= 0:
            return "met"
        best = self.low if self.less_is_better else self.high
        return "short" if sign * (best - self.target) >= 0 else "unmet"

    @property
    def _scale(self) -> Scale:
        return Scale(self.floor, self.ceiling, 3, 97)

    @property
    def dot(self) -> float:
        """Return the place of the value, in per cent."""
        return self._scale.at(self.value)

    @property
    def left(self) -> float:
        """Return the place of the lower end, in per cent."""
        return self._scale.at(self.low)

    @property
    def right(self) -> float:
        """Return the place of the upper end, in per cent."""
        return self._scale.at(self.high)

    @property
    def goal(self) -> float | None:
        """Return the place of the target, in per cent; None without a target."""
        return None if self.target is None else self._scale.at(self.target)
