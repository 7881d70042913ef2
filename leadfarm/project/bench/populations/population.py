"""A made-up table, and which of its rows are the same."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random


@dataclass
class Population:
    """Rows under titles; rows of the same `who` are the same person or company."""

    titles: Sequence[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    who: list[int] = field(default_factory=list)

    def add(self, who: int, *cells: str) -> None:
        """Add a row."""
        self.rows.append(cells)
        self.who.append(who)

    def shuffled(self, draw: Random) -> "Population":
        """Return the same in another order."""
        order = draw.sample(range(len(self.rows)), len(self.rows))
        rows, who = [self.rows[at] for at in order], [self.who[at] for at in order]
        return Population(self.titles, rows, who)

    @property
    def columns(self) -> dict[str, list[str]]:
        """Return the cells by title."""
        return dict(zip(self.titles, map(list, zip(*self.rows, strict=True)), strict=True))

    @property
    def true_pairs(self) -> set[tuple[int, int]]:
        """Return all pairs of rows that are the same."""
        members = defaultdict(list)
        for at, who in enumerate(self.who):
            members[who].append(at)
        return {pair for each in members.values() for pair in combinations(each, 2)}
