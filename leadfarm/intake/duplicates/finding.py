"""From columns of text to pairs that may be the same, each with probability and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from leadfarm.intake.duplicates.estimating import Belief, Worth, estimate
from leadfarm.intake.duplicates.pairing import load, pair_up, run
from leadfarm.intake.duplicates.scoring import Scored
from leadfarm.rules.duplicates.comparing import Comparison, comparisons_of
from leadfarm.rules.duplicates.evidence import Evidence
from leadfarm.rules.duplicates.kinds import Kind, differs_at_most
from leadfarm.rules.duplicates.preparing import fields_of, prepare
from leadfarm.rules.duplicates.recognising import recognise

SAMPLE = 5_000
# Below this nothing is kept: one in a hundred.
WORTH_A_LOOK = -6.6  # bits


@dataclass(frozen=True)
class Pair:
    """Two records that may be the same; numbers are their places in the columns."""

    left: int
    right: int
    bits: float
    evidence: tuple[Evidence, ...]

    @property
    def probability(self) -> float:
        """Return how likely they are the same."""
        return float(1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, self.bits))))


@dataclass(frozen=True)
class Found:
    """What came of it: the pairs worth a look, and what each column was taken for."""

    pairs: list[Pair]
    kinds: dict[str, Kind]


def find(
    columns: Mapping[str, Sequence[str]],
    *,
    kinds: Mapping[str, Kind] | None = None,
    threads: int = 1,
    least: float = WORTH_A_LOOK,
) -> Found:
    """Return the pairs of at least `least` bits; the same columns always give the same pairs.

    `kinds` says what the columns mean where that is known; otherwise their names and values tell.
    """
    known = dict(kinds or recognise({name: cells[:SAMPLE] for name, cells in columns.items()}))
    fields = fields_of(known)
    records = len(next(iter(columns.values()), ()))
    if not fields or records < 2:
        return Found([], known)
    with duckdb.connect(config={"threads": threads}) as duck:
        run(duck, "SET enable_progress_bar = false")
        load(duck, prepare(fields, columns), records)
        pair_up(duck, fields, records)
        scored = Scored(duck, comparisons_of(fields))
        worth = estimate(scored.patterns(records), _beliefs(scored))
        rows = scored.pairs(worth, least)
    return Found([_pair(row, scored.comparisons, worth) for row in rows], known)


def _beliefs(scored: Scored) -> list[Belief]:
    rows = zip(scored.comparisons, scored.chance, scored.parts, strict=True)
    return [
        Belief(
            np.array([level.share for level in comparison.levels]),
            chance,
            part,
            tuple(level.tied for level in comparison.levels),
            differs_at_most(comparison.field.kind),
        )
        for comparison, chance, part in rows
    ]


def _pair(row: tuple[Any, ...], comparisons: Sequence[Comparison], worth: Worth) -> Pair:
    evidence = tuple(
        Evidence(
            comparison.field.kind, comparison.levels[level].says, round(float(weights[level]), 1)
        )
        for comparison, level, weights in zip(comparisons, row[3:], worth.levels, strict=True)
        if level >= 0
    )
    return Pair(int(row[0]), int(row[1]), float(row[2]), evidence)
