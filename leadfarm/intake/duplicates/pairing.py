"""Which records are compared at all: those that share a key rare enough."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from leadfarm.rules.duplicates.finding_keys import key_expressions, word_columns
from leadfarm.rules.duplicates.preparing import Field, Prepared

# So few are all compared with each other.
COMPARE_ALL = 600_000  # pairs
AT_LEAST = 600_000
PAIRS_A_RECORD = 12

_RARE = """
CREATE TABLE rare AS
SELECT key FROM (SELECT key, sum(many * (many - 1) / 2) OVER (ORDER BY many, key) AS so_far
                   FROM (SELECT key, count(*) AS many FROM keys GROUP BY key HAVING many > 1))
 WHERE so_far <= $budget
"""
_PAIRS = """
CREATE TABLE pairs AS
SELECT DISTINCT one.place AS join_key_l, other.place AS join_key_r, '0' AS match_key
  FROM looked_up one JOIN looked_up other ON one.key = other.key AND one.place < other.place
"""
_ALL_PAIRS = """
CREATE TABLE pairs AS
SELECT one.place AS join_key_l, other.place AS join_key_r, '0' AS match_key
  FROM records one JOIN records other ON one.place < other.place
"""


def load(duck: duckdb.DuckDBPyConnection, table: Prepared, records: int) -> None:
    """Make the table `records` of prepared records, with their place from 0."""
    columns = {"place": pa.array(range(records), pa.int64())}
    for name, values in table.items():
        many = name.endswith(("_words", "_forms"))
        columns[name] = pa.array(values, pa.list_(pa.string()) if many else pa.string())
    duck.register("incoming", pa.table(columns))
    run(duck, "CREATE TABLE records AS SELECT * FROM incoming")
    duck.unregister("incoming")


def pair_up(duck: duckdb.DuckDBPyConnection, fields: Sequence[Field], records: int) -> None:
    """Make the table `pairs`: the rarest keys first, until the budget of pairs is used up."""
    if records * (records - 1) / 2 <= COMPARE_ALL:
        run(duck, _ALL_PAIRS)
        return
    run(duck, f"CREATE TABLE keys AS SELECT * FROM ({_keys(fields)}) WHERE key IS NOT NULL")  # noqa: S608
    run(duck, _RARE, {"budget": max(AT_LEAST, PAIRS_A_RECORD * records)})
    run(duck, "CREATE TABLE looked_up AS SELECT * FROM keys SEMI JOIN rare USING (key)")
    run(duck, _PAIRS)
    run(duck, "DROP TABLE keys; DROP TABLE looked_up; DROP TABLE rare")


def run(
    duck: duckdb.DuckDBPyConnection, statement: str, values: dict[str, object] | None = None
) -> None:
    """Run a statement to its end: an unread answer keeps the connection busy."""
    duck.execute(statement, values or {}).fetchall()


def _keys(fields: Sequence[Field]) -> str:
    whole = [f"SELECT {key} AS key, place FROM records" for key in key_expressions(fields)]  # noqa: S608
    words = [
        f"SELECT '{name}:' || unnest({name}) AS key, place FROM records"  # noqa: S608
        for name in word_columns(fields)
    ]
    return " UNION ALL ".join(whole + words) or "SELECT NULL AS key, place FROM records"
