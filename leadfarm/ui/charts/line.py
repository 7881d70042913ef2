"""A line or a step curve with its band, a target, and the part nobody has observed yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from leadfarm.ui.charts.scale import Scale, round_top, ticks
from leadfarm.ui.words import number

HEAD, FOOT = 16, 20  # pixels kept above the plot for the top label, below it for the axis


@dataclass(frozen=True)
class Point:
    """One measured value: where, how much, and between which ends it may lie."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Points in rising x. `step` holds a value until the next (Kaplan-Meier); `faint` is dotted."""

    label: str
    points: Sequence[Point]
    step: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Mark:
    """A word at a place, with the anchor that keeps it inside the drawing."""

    at: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"
    y: float = 0.0
    drop: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """The chart drawn by ui/chart_line.html.

    `title` is read aloud; `names` are words along x; `observed_until` shades what is still open;
    `write` turns a y into words; `inset` keeps room (in per cent) left for the axis.
    """

    title: str
    series: Sequence[Series]
    names: Sequence[tuple[float, str]] = ()
    write: Callable[[float], str] = field(default=number)
    top: float = 0.0
    right: float | None = None
    target: float | None = None
    target_label: str = ""
    cut: float | None = None
    observed_until: float | None = None
    height: int = 240
    inset: float = 7.0
    x_label: str = ""

    @property
    def ceiling(self) -> float:
        """Return the value at the upper edge."""
        if self.top:
            return self.top
        highest = [max(p.y, p.high or p.y) for s in self.series for p in s.points]
        return round_top(max([*highest, self.target or 0.0], default=1.0))

    def _x(self) -> Scale:
        places = [p.x for s in self.series for p in s.points] or [0.0, 1.0]
        right = max(places) if self.right is None else self.right
        room = 100.0 if self.right is not None else 94.0
        return Scale(min(places), right, self.inset, room)

    def _y(self) -> Scale:
        return Scale(0, self.ceiling, self.height - FOOT, HEAD)

    @property
    def floor(self) -> int:
        """Return the y of the axis, in pixels."""
        return self.height - FOOT

    @property
    def plot(self) -> int:
        """Return the height of the stretched part, in pixels."""
        return self.height - FOOT - HEAD

    @property
    def grid(self) -> list[Mark]:
        """Return the lines across, each with its value in words."""
        scale = self._y()
        return [
            Mark(0, self.write(value), "start", scale.at(value)) for value in ticks(self.ceiling)
        ]

    @property
    def axis(self) -> list[Mark]:
        """Return the words along x."""
        scale = self._x()
        return [self._word(scale.at(x), text) for x, text in self.names]

    @staticmethod
    def _word(at: float, text: str) -> Mark:
        if at <= 2:
            return Mark(at, text, "start")
        return Mark(at, text, "end" if at >= 98 else "middle")

    @property
    def lines(self) -> list[tuple[Series, str]]:
        """Return each series with its path in a box of 100 by 100, the faint ones first."""
        ordered = sorted(self.series, key=lambda series: not series.faint)
        return [
            (series, self._path([(p.x, p.y) for p in series.points], series)) for series in ordered
        ]

    @property
    def bands(self) -> list[str]:
        """Return the closed path of the interval of each series that has one."""
        return [self._band(s) for s in self.series if all(p.low is not None for p in s.points)]

    def _places(
        self, pairs: Sequence[tuple[float, float]], step: bool
    ) -> list[tuple[float, float]]:
        across, up = self._x(), Scale(0, self.ceiling, 100, 0)
        placed = [(across.at(x), up.at(y)) for x, y in pairs]
        if not step:
            return placed
        held = [(x, before[1]) for before, (x, _) in pairwise(placed)]
        return [
            place
            for index, point in enumerate(placed)
            for place in ([held[index - 1], point] if index else [point])
        ]

    def _path(self, pairs: Sequence[tuple[float, float]], series: Series) -> str:
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in self._places(pairs, series.step))

    def _band(self, series: Series) -> str:
        upper = [(p.x, p.y if p.high is None else p.high) for p in series.points]
        lower = [(p.x, p.y if p.low is None else p.low) for p in series.points]
        edge = self._places(upper, series.step) + self._places(lower, series.step)[::-1]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in edge) + "Z"

    @property
    def dot(self) -> Mark | None:
        """Return the dot of the main series, with its value in words: at the cut, else at the end.

        Its words stand below when the target line runs just above.
        """
        main = [series for series in self.series if not series.faint and series.points]
        if not main:
            return None
        cut = main[0].points[-1].x if self.cut is None else self.cut
        point = min(main[0].points, key=lambda candidate: abs(candidate.x - cut))
        at, y = self._x().at(point.x), self._y().at(point.y)
        anchor: Literal["start", "end"] = "end" if at > 80 else "start"
        return Mark(at, point.label or self.write(point.y), anchor, y, self._drop(y))

    def _drop(self, y: float) -> int:
        above = self.goal is not None and -4 < y - self.goal.y < 36
        return 18 if above and y < self.floor - 24 else -9

    @property
    def goal(self) -> Mark | None:
        """Return the target line, in words at the right."""
        if self.target is None:
            return None
        text = self.target_label or f"goal {self.write(self.target)}"
        return Mark(100, text, "end", self._y().at(self.target))

    @property
    def cut_at(self) -> float | None:
        """Return where the chosen value stands, in per cent of the width."""
        return None if self.cut is None else self._x().at(self.cut)

    @property
    def open_from(self) -> float | None:
        """Return where the observation ends, in per cent of the width."""
        return None if self.observed_until is None else self._x().at(self.observed_until)

    @property
    def open_width(self) -> float:
        """Return how much of the width is not observed yet, in per cent."""
        return 0.0 if self.open_from is None else round(100 - self.open_from, 2)

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """Return the numbers: a row head and, for each series, its value with interval."""
        named = dict(self.names)
        places = sorted({p.x for s in self.series for p in s.points})
        return [(named.get(x, number(x)), [self._cell(s, x) for s in self.series]) for x in places]

    def _cell(self, series: Series, x: float) -> str:
        point = next((p for p in series.points if p.x == x), None)
        if point is None:
            return ""
        if point.low is None or point.high is None:
            return self.write(point.y)
        return f"{self.write(point.y)} ({self.write(point.low)} to {self.write(point.high)})"
