"""The model: comparisons and chance agreement by Splink; pairs as patterns of levels, weighed.

Pairs are compared by one statement of our own: a pair is two places and the number of its pattern.
Splink's prediction, which keeps every value and weight beside each pair, took over twice the time
and ten times the memory.
"""

import logging
import re
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from leadfarm.intake.duplicates.estimating import Floats, Levels, Patterns, Worth
from leadfarm.intake.duplicates.pairing import run
from leadfarm.rules.duplicates.comparing import Comparison
from leadfarm.rules.duplicates.kinds import Kind, Part, part_of
from leadfarm.rules.duplicates.levels import ELSE, Level
from leadfarm.rules.duplicates.preparing import WORDY

SEED = 20_260_301
RANDOM_PAIRS = 200_000
FEW = 100
# How much a rare or a frequent value may add or take, in bits.
RARITY_AT_MOST = 6.0
# Where this share of names are met once, so many of the names met twice are two companies'.
NEARLY_ALL = 0.7
BY_CHANCE = 0.25
# So many records of one value of words may all be one company: they tell nothing about chance.
MAY_ALL_BE_ONE = 3
_COLUMN = re.compile(r"\b([a-z0-9_]+)_l\b")

logging.getLogger("splink").setLevel(logging.ERROR)


class Scored:
    """Compared pairs in DuckDB: their patterns, and in the end their weight."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> None:
        """Compare the table `pairs` of the table `records`."""
        self._duck, self.comparisons = duck, comparisons
        kinds = [each.field.kind for each in comparisons]
        self.parts = [part_of(kind, kinds) for kind in kinds]
        self.chance = self._told_apart(self._firm(_chances(duck, comparisons)))
        self._rare = [each.name for each in comparisons if _rarest(each) is not None]
        run(duck, f"CREATE TABLE compared AS {_compared(comparisons)}")

    def _firm(self, chances: list[Floats]) -> list[Floats]:
        """Where few records have a value, few random pairs tell: experience counts beside them."""
        filled = ", ".join(f"count({each.name})" for each in self.comparisons)
        (row,) = self._duck.execute(f"SELECT {filled} FROM records").fetchall()  # noqa: S608
        return [
            (seen * chance + FEW * _usual(len(chance))) / (seen + FEW)
            for chance, many in zip(chances, row, strict=True)
            for seen in [min(many * (many - 1) / 2, RANDOM_PAIRS)]
        ]

    def _told_apart(self, chances: list[Floats]) -> list[Floats]:
        """Names are given to tell apart: where nearly all differ, the same are seldom so by chance.

        With no other field the data cannot tell; experience does.
        """
        names = [each.name for each in self.comparisons]
        alone = len(names) == 1
        asked = ", ".join(f"count(DISTINCT {name}), count({name})" for name in names)
        (row,) = self._duck.execute(f"SELECT {asked} FROM records").fetchall()  # noqa: S608
        found = zip(self.comparisons, chances, row[::2], row[1::2], strict=True)
        return [
            _seldom_the_same(chance, each.levels)
            if alone and each.field.kind is Kind.COMPANY and distinct >= NEARLY_ALL * many
            else chance
            for each, chance, distinct, many in found
        ]

    def patterns(self, records: int) -> Patterns:
        """Return how often each combination of levels occurs."""
        query = "SELECT pattern, count(*) FROM compared GROUP BY pattern ORDER BY pattern"
        found = self._duck.execute(query).fetchnumpy()
        self._numbers = np.asarray(found["pattern"], dtype=np.int64)
        counts = np.asarray(found["count_star()"], dtype=np.float64)
        return Patterns(self._levels(self._numbers), counts, records)

    def _levels(self, numbers: Levels) -> Levels:
        """Return the levels by comparison these patterns stand for; -1 where one is missing."""
        rest, found = numbers.copy(), []
        for comparison in reversed(self.comparisons):
            base = len(comparison.levels) + 1
            found.append(rest % base - 1)
            rest //= base
        return np.stack(found[::-1], axis=1) if found else np.empty((len(numbers), 0), np.int64)

    def pairs(self, worth: Worth, least: float) -> list[tuple[Any, ...]]:
        """Return (left, right, bits, level by comparison..) of pairs of at least so many bits."""
        levels = self._levels(self._numbers)
        same = _summed(levels, worth.levels, worth.prior)
        ties = _summed(levels, worth.ties, worth.prior_of_ties)
        rare = [at for at, each in enumerate(self.comparisons) if each.name in self._rare]
        tops = np.array([_rarest(self.comparisons[at]) for at in rare], dtype=np.int64)
        hit = levels[:, rare] == tops
        # A rare value adds at most so much: what cannot reach the least even so is left out.
        reach = same - np.maximum(ties, 0) + RARITY_AT_MOST * hit.sum(axis=1) >= least
        weighed = {"pattern": self._numbers[reach], "same": same[reach], "ties": ties[reach]}
        weighed |= {f"hit_{self.comparisons[at].name}": hit[reach, i] for i, at in enumerate(rare)}
        self._duck.register("weighed", pa.table(weighed))
        rows = self._duck.execute(self._query(rare), {"least": least}).fetchall()
        told = self._levels(np.array([row[3] for row in rows], dtype=np.int64))
        return [(*row[:3], *map(int, each)) for row, each in zip(rows, told, strict=True)]

    def _query(self, rare: Sequence[int]) -> str:
        """Return the statement that adds what rare values say to the weight of the patterns."""
        own, all_of, joins = ["0.0"], ["0.0"], ""
        for comparison, part in [(self.comparisons[at], self.parts[at]) for at in rare]:
            name = comparison.name
            run(self._duck, _rarities(comparison))
            joins += f" LEFT JOIN rare_{name} ON rare_{name}.value = records.{name}"
            bits = f"CASE WHEN hit_{name} THEN coalesce(rare_{name}.bits, 0) ELSE 0 END"
            all_of.append(bits)
            own += [bits] * (part is not Part.OWN)
        return (
            "SELECT l, r, alike - greatest(tied, 0) - log2(1 + pow(2, -abs(tied))) AS bits, pattern"  # noqa: S608
            f" FROM (SELECT l, r, pattern, same + {' + '.join(all_of)} AS alike,"
            f" ties + {' + '.join(own)} AS tied"
            f" FROM compared JOIN weighed USING (pattern) JOIN records ON records.place = l{joins})"
            " WHERE bits >= $least ORDER BY l, r"
        )


def _rarest(comparison: Comparison) -> int | None:
    """Return the place of the level at which rare values say more, None where there is none."""
    return next((at for at, level in enumerate(comparison.levels) if level.rarity_of), None)


def _rarities(comparison: Comparison) -> str:
    """What a rare value adds where both have it, and a frequent one takes: a table by value.

    Of values of words each word counts: two of a few rare words are hardly the same by chance.
    """
    name, wordy = comparison.name, comparison.field.kind in WORDY
    by_words = f"pow(2, -any_value({name}_bits))" if wordy else "0"
    seen = f"(many - {MAY_ALL_BE_ONE if wordy else 0})"
    return (
        f"CREATE TABLE rare_{name} AS WITH counted AS (SELECT {name} AS value, count(*) AS many,"  # noqa: S608
        f" {by_words} AS by_words FROM records WHERE {name} IS NOT NULL GROUP BY {name}), told AS"
        f" (SELECT value, many, greatest(by_words, {seen} / sum(many) OVER (), 1e-12) AS chance"
        " FROM counted), mean AS (SELECT sum(many * chance) / sum(many) AS chance FROM told)"
        " SELECT value, least(greatest(log2(mean.chance) - log2(told.chance),"
        f" -{RARITY_AT_MOST}), {RARITY_AT_MOST}) AS bits FROM told, mean"
    )


def _summed(levels: Levels, worth: Sequence[Floats], prior: float) -> Floats:
    """Return the weight of each pattern; the last weight answers -1: missing says nothing."""
    total = np.full(len(levels), prior)
    for at, weights in enumerate(worth):
        total += np.append(weights, 0.0)[levels[:, at]]
    return total


def _compared(comparisons: Sequence[Comparison]) -> str:
    """Return the statement that gives each pair the number of its pattern."""
    pattern = "0::bigint"
    for each in comparisons:
        pattern = f"({pattern}) * {len(each.levels) + 1} + {_level_number(each)}"
    both = ", ".join(
        f"one.{column} AS {column}_l, other.{column} AS {column}_r"
        for column in sorted({name for each in comparisons for name in _columns(each)})
    )
    return (
        f"SELECT l, r, {pattern} AS pattern FROM (SELECT l, r, {both} FROM pairs"  # noqa: S608
        " JOIN records one ON one.place = l JOIN records other ON other.place = r)"
    )


def _columns(comparison: Comparison) -> set[str]:
    """Return the columns of one record that a comparison reads."""
    said = " ".join([comparison.missing, *(level.when for level in comparison.levels)])
    return set(_COLUMN.findall(said))


def _level_number(comparison: Comparison) -> str:
    """0 where one is missing, then from the closest level, 1."""
    cases = " ".join(
        f"WHEN {level.when} THEN {at}"
        for at, level in enumerate(comparison.levels, 1)
        if level.when != ELSE
    )
    return f"CASE WHEN {comparison.missing} THEN 0 {cases} ELSE {len(comparison.levels)} END"


def _seldom_the_same(chance: Floats, levels: Sequence[Level]) -> Floats:
    return chance * [BY_CHANCE if level.names_the_same else 1.0 for level in levels]


def _usual(levels: int) -> Floats:
    """Return how often strangers usually reach each level: nearly always the last."""
    return np.array([0.02 / (levels - 1)] * (levels - 1) + [0.98])


def _chances(duck: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> list[Floats]:
    """Return how often random pairs reach each level; those never seen are as rare as it gets."""
    api = DuckDBAPI(duck)
    linker = Linker(api.register("records"), _settings(comparisons), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1
    )
    model: dict[str, Any] = linker.misc.save_model_to_json()
    return [
        np.array(
            [
                level.get("u_probability") or 0.0
                for level in comparison["comparison_levels"]
                if not level.get("is_null_level")
            ],
            dtype=np.float64,
        )
        for comparison in model["comparisons"]
    ]


def _settings(comparisons: Sequence[Comparison]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="place",
        comparisons=[_comparison(each) for each in comparisons],
        # Never used: which pairs are compared is decided before.
        blocking_rules_to_generate_predictions=[block_on("place")],
    )


def _comparison(comparison: Comparison) -> CustomComparison:
    missing = CustomLevel(comparison.missing, "missing").configure(is_null_level=True)
    return CustomComparison(
        [missing, *map(_level, comparison.levels)], output_column_name=comparison.name
    )


def _level(level: Level) -> ComparisonLevelCreator:
    plain = ElseLevel() if level.when == ELSE else CustomLevel(level.when, level.says)
    return plain.configure(m_probability=level.share)
