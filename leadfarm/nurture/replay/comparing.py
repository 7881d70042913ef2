"""Two lists of what leads got, compared line by line."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Line(Protocol):
    """What a line has to be compared by."""

    @property
    def kind(self) -> str:
        """Message or task."""

    @property
    def lead_id(self) -> int:
        """Whose."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def step(self) -> str:
        """Of which step."""

    @property
    def about(self) -> int:
        """Which template, or kind of task."""


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Comparison(Generic[L]):
    """How many lines are the same in both, and the others: only real, only replayed, or both at
    another time (really, replayed).
    """

    same: int
    missing: tuple[L, ...]
    extra: tuple[L, ...]
    shifted: tuple[tuple[L, L], ...]

    @property
    def real(self) -> int:
        """Return how many lines there really were."""
        return self.same + len(self.missing) + len(self.shifted)

    @property
    def is_equal(self) -> bool:
        """Say whether nothing differs."""
        return not (self.missing or self.extra or self.shifted)


def compare(real: Iterable[L], replayed: Iterable[L]) -> Comparison[L]:
    """Match the lines of both, each once: first those of the same instant, then the others."""
    left, same = _unmatched(list(real), list(replayed))
    missing, extra = left
    waiting: defaultdict[Hashable, list[L]] = defaultdict(list)
    for line in extra:
        waiting[_what(line)].append(line)
    shifted, gone = [], []
    for line in missing:
        others = waiting[_what(line)]
        if others:
            shifted.append((line, others.pop(0)))
        else:
            gone.append(line)
    more = sorted((one for rest in waiting.values() for one in rest), key=lambda one: one.at)
    return Comparison(same, tuple(gone), tuple(more), tuple(shifted))


def _unmatched(real: list[L], replayed: list[L]) -> tuple[tuple[list[L], list[L]], int]:
    there = Counter((*_what(line), line.at) for line in replayed)
    missing, same = [], 0
    for line in real:
        key = (*_what(line), line.at)
        if there[key]:
            there[key] -= 1
            same += 1
        else:
            missing.append(line)
    extra = []
    for line in reversed(replayed):
        key = (*_what(line), line.at)
        if there[key]:
            there[key] -= 1
            extra.append(line)
    return (missing, extra[::-1]), same


def _what(line: Line) -> tuple[str, int, str, int]:
    return line.kind, line.lead_id, line.step, line.about
