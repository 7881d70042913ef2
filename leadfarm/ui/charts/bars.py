"""Parts of a whole, steps of a funnel, and small bars month by month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from leadfarm.ui.charts.scale import Scale, round_top


@dataclass(frozen=True)
class Share:
    """One part: its word, its size in any unit, and what it says."""

    label: str
    value: float
    kind: Literal["met", "unknown", "unmet"] = "met"


@dataclass(frozen=True)
class Shares:
    """A bar cut into parts, drawn by ui/shares.html; the parts are read aloud in per cent."""

    parts: Sequence[Share]

    @property
    def total(self) -> float:
        """Return the sum of all parts."""
        return sum(part.value for part in self.parts)

    @property
    def pieces(self) -> list[tuple[Share, float, float]]:
        """Return each part that is not empty, with its start and its width in per cent."""
        pieces, start = [], 0.0
        for part in self.parts:
            width = 100 * part.value / self.total if self.total else 0.0
            if width:
                pieces.append((part, round(start, 2), round(width, 2)))
            start += width
        return pieces

    @property
    def spoken(self) -> str:
        """Return all parts in words: "34 % met, 49 % unknown, 17 % unmet"."""
        whole = self.total or 1.0
        return ", ".join(f"{100 * p.value / whole:.0f} % {p.label.lower()}" for p in self.parts)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a funnel; `open` says that part of it is still under way."""

    label: str
    n: int
    note: str = ""
    href: str = ""
    open: bool = False


@dataclass(frozen=True)
class Funnel:
    """Steps one below the other, each as wide as its share of the first: ui/funnel.html."""

    steps: Sequence[Step]

    @property
    def rows(self) -> list[tuple[Step, float]]:
        """Return each step with its width in per cent of the widest."""
        widest = max((step.n for step in self.steps), default=0)
        scale = Scale(0, widest or 1)
        return [(step, scale.at(step.n)) for step in self.steps]


@dataclass(frozen=True)
class Bar:
    """One month: its name, its value, how it is written, and the part that is not final."""

    label: str
    value: float
    text: str = ""
    open: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A bar in its place: left and width in per cent, heights in pixels above the floor."""

    label: str
    text: str
    left: float
    width: float
    height: float
    rest: float
    floor: int

    @property
    def top(self) -> float:
        """Return the y of the upper end of what is final."""
        return round(self.floor - self.height, 2)

    @property
    def rest_top(self) -> float:
        """Return the y of the upper end, the open part included."""
        return round(self.top - self.rest, 2)


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Small bars drawn by ui/bars.html; what is still open stands hatched on top."""

    title: str
    bars: Sequence[Bar]
    height: int = 96
    unit: str = ""
    _gap: float = field(default=0.28, repr=False)

    @property
    def drawn(self) -> list["Drawn"]:
        """Return each bar with its place: across in per cent, down in pixels."""
        top = round_top(max((bar.value + bar.open for bar in self.bars), default=1.0))
        tall = Scale(0, top, 0, self.height - 36)
        slot = 100 / max(1, len(self.bars))
        return [
            Drawn(
                label=bar.label,
                text=bar.text,
                left=round(slot * (index + self._gap / 2), 2),
                width=round(slot * (1 - self._gap), 2),
                height=tall.at(bar.value),
                rest=tall.at(bar.open),
                floor=self.floor,
            )
            for index, bar in enumerate(self.bars)
        ]

    @property
    def floor(self) -> int:
        """Return the y of the axis, in pixels."""
        return self.height - 18
