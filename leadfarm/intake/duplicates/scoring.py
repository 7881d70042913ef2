"""The model: Splink compares the pairs; what their likeness is worth is estimated from them."""

import logging
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from leadfarm.intake.duplicates.estimating import Floats, Patterns, Worth
from leadfarm.rules.duplicates.comparing import ELSE, Comparison, Level
from leadfarm.rules.duplicates.kinds import Part, part_of

SEED = 20_260_301
RANDOM_PAIRS = 200_000
FEW = 100
# How much a rare or a frequent value may add or take, in bits.
RARITY_AT_MOST = 6

logging.getLogger("splink").setLevel(logging.ERROR)


class Scored:
    """Compared pairs in DuckDB: their levels, their patterns, and in the end their weight."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison]) -> None:
        """Compare the table `pairs` of the table `records`."""
        self._duck, self.comparisons = duck, comparisons
        kinds = [each.field.kind for each in comparisons]
        self.parts = [part_of(kind, kinds) for kind in kinds]
        api = DuckDBAPI(duck)
        linker = Linker(api.register("records"), _settings(comparisons), log_level=logging.ERROR)
        linker.training.estimate_u_using_random_sampling(
            max_pairs=RANDOM_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1
        )
        self.chance = self._firm(_chances(linker.misc.save_model_to_json()))
        linker.table_management.register_blocked_pairs_for_predict(api.register("pairs"))
        self._table = linker.inference.predict(warning_mode="never").physical_name

    def _firm(self, chances: list[Floats]) -> list[Floats]:
        """Where few records have a value, few random pairs tell: experience counts beside them."""
        filled = ", ".join(f"count({each.name})" for each in self.comparisons)
        (row,) = self._duck.execute(f"SELECT {filled} FROM records").fetchall()  # noqa: S608
        return [
            (seen * chance + FEW * _usual(len(chance))) / (seen + FEW)
            for chance, many in zip(chances, row, strict=True)
            for seen in [min(many * (many - 1) / 2, RANDOM_PAIRS)]
        ]

    def patterns(self, records: int) -> Patterns:
        """Return how often each combination of levels occurs."""
        levels = ", ".join(self._level(each) for each in self.comparisons)
        query = f"SELECT {levels}, count(*) AS many FROM {self._table} GROUP BY ALL ORDER BY ALL"  # noqa: S608
        rows = self._duck.execute(query).fetchall()
        found = np.array(rows, dtype=np.float64).reshape(len(rows), len(self.comparisons) + 1)
        return Patterns(found[:, :-1].astype(np.int64), found[:, -1], records)

    def pairs(self, worth: Worth, least: float) -> list[tuple[Any, ...]]:
        """Return (left, right, bits, level by comparison..) of pairs of at least so many bits."""
        same, ties = [repr(worth.prior)], [repr(worth.prior_of_ties)]
        for at, comparison in enumerate(self.comparisons):
            same += [_bits(comparison, worth.levels[at]), _rarity(comparison)]
            ties += [_bits(comparison, worth.ties[at])]
            ties += [_rarity(comparison)] * (self.parts[at] is not Part.OWN)
        levels = ", ".join(self._level(each) for each in self.comparisons)
        query = (
            f"SELECT place_l, place_r, {' + '.join(same)} AS alike,"  # noqa: S608
            f" {' + '.join(ties)} AS tied,"
            " alike - greatest(tied, 0) - log2(1 + pow(2, -abs(tied))) AS bits,"
            f" {levels} FROM {self._table} WHERE bits >= $least ORDER BY place_l, place_r"
        )
        return self._duck.execute(query, {"least": least}).fetchall()

    @staticmethod
    def _level(comparison: Comparison) -> str:
        """Splink counts levels upwards; ours count from the closest, 0. -1 stays missing."""
        gamma = f"gamma_{comparison.name}"
        return f"CASE WHEN {gamma} < 0 THEN -1 ELSE {len(comparison.levels) - 1} - {gamma} END"


def _usual(levels: int) -> Floats:
    """Return how often strangers usually reach each level: nearly always the last."""
    return np.array([0.02 / (levels - 1)] * (levels - 1) + [0.98])


def _bits(comparison: Comparison, weights: Floats) -> str:
    cases = " ".join(
        f"WHEN {len(weights) - 1 - at} THEN {float(weight)!r}" for at, weight in enumerate(weights)
    )
    return f"CASE gamma_{comparison.name} {cases} ELSE 0 END"


def _rarity(comparison: Comparison) -> str:
    """What a rare value adds where both have it, and a frequent one takes."""
    if not any(level.rarity_of for level in comparison.levels):
        return "0"
    return f"least(greatest(mw_tf_adj_{comparison.name}, -{RARITY_AT_MOST}), {RARITY_AT_MOST})"


def _settings(comparisons: Sequence[Comparison]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="place",
        comparisons=[_comparison(each) for each in comparisons],
        blocking_rules_to_generate_predictions=[
            block_on("place")
        ],  # never used: the pairs are handed in
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(comparison: Comparison) -> CustomComparison:
    missing = CustomLevel(comparison.missing, "missing").configure(is_null_level=True)
    return CustomComparison(
        [missing, *map(_level, comparison.levels)], output_column_name=comparison.name
    )


def _level(level: Level) -> ComparisonLevelCreator:
    plain = ElseLevel() if level.when == ELSE else CustomLevel(level.when, level.says)
    made = plain.configure(m_probability=level.share)
    return made.configure(tf_adjustment_column=level.rarity_of) if level.rarity_of else made


def _chances(model: dict[str, Any]) -> list[Floats]:
    """Return how often random pairs reach each level; those never seen are as rare as it gets."""
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
