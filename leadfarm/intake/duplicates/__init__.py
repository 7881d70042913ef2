"""Looking for records of the same person or company: Splink on DuckDB, with no labels to learn."""

from leadfarm.intake.duplicates.finding import Found, Pair, find
from leadfarm.intake.duplicates.grouping import grouped, pairs_of

__all__ = ["Found", "Pair", "find", "grouped", "pairs_of"]
