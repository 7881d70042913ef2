"""Which records are compared at all: those that share a key rare enough."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from leadfarm.rules.duplicates.finding_keys import key_expressions, word_columns
from leadfarm.rules.duplicates.preparing import LISTS, NUMBERS, Field, Prepared

# So few are all compared with each other.
COMPARE_ALL = 600_000  # pairs
AT_LEAST = 600_000
PAIRS_A_RECORD = 10

# The rarest keys are looked up, until the budget is used up: so no key makes a crowd.
_MOST = """
SELECT coalesce(max(many), 1)
  FROM (SELECT many, sum(blocks * many * (many - 1) / 2) OVER (ORDER BY many) AS so_far
          FROM (SELECT many, count(*) AS blocks
                  FROM (SELECT count(*) AS many FROM keys GROUP BY key HAVING many > 1)
                 GROUP BY many))
 WHERE so_far <= $budget
"""
_LOOKED_UP = """
CREATE TABLE looked_up AS
SELECT key, place FROM keys
  SEMI JOIN (SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND $most) rare USING (key)
"""
_PAIRS = """
CREATE TABLE pairs AS
SELECT DISTINCT one.place AS l, other.place AS r
  FROM looked_up one JOIN looked_up other ON one.key = other.key AND one.place < other.place
"""
_ALL_PAIRS = """
CREATE TABLE pairs AS
SELECT one.place AS l, other.place AS r
  FROM records one JOIN records other ON one.place < other.place
"""


def load(duck: duckdb.DuckDBPyConnection, table: Prepared, records: int) -> None:
    """Make the table `records` of prepared records, with their place from 0."""
    columns = {"place": pa.array(range(records), pa.int32())}
    for name, values in table.items():
        columns[name] = pa.array(values, _type_of(name))
    duck.register("incoming", pa.table(columns))
    run(duck, f"CREATE TABLE records AS SELECT *{_users(table)} FROM incoming")  # noqa: S608
    duck.unregister("incoming")


def _type_of(name: str) -> pa.DataType:
    if name.endswith(NUMBERS):
        return pa.float64()
    return pa.list_(pa.string()) if name.endswith(LISTS) else pa.string()


def _users(table: Prepared) -> str:
    """What stands before the @, where it is more than the name, which is compared by itself."""
    made = ""
    for bare in [name for name in table if name.endswith("_bare")]:
        rest, local = bare, bare.removesuffix("_bare") + "_local"
        for name in [name for name in ("family", "given") if name in table]:
            own = f"regexp_replace({name}, '[^a-z0-9]', '', 'g')"
            rest = f"CASE WHEN length({own}) > 2 THEN replace({rest}, {own}, '') ELSE {rest} END"
        telling = f"length({rest}) >= 3 AND length({bare}) >= 5"
        made += f", CASE WHEN {telling} THEN {local} END AS {bare.removesuffix('_bare')}_user"
    return made


def pair_up(duck: duckdb.DuckDBPyConnection, fields: Sequence[Field], records: int) -> None:
    """Make the table `pairs`: the rarest keys first, until the budget of pairs is used up."""
    if records * (records - 1) / 2 <= COMPARE_ALL:
        run(duck, _ALL_PAIRS)
        return
    run(duck, f"CREATE TABLE keys AS {_keys(fields)}")
    budget = max(AT_LEAST, PAIRS_A_RECORD * records)
    ((most,),) = duck.execute(_MOST, {"budget": budget}).fetchall()
    run(duck, _LOOKED_UP, {"most": most})
    run(duck, _PAIRS)
    run(duck, "DROP TABLE keys; DROP TABLE looked_up")


def run(
    duck: duckdb.DuckDBPyConnection, statement: str, values: dict[str, object] | None = None
) -> None:
    """Run a statement to its end: an unread answer keeps the connection busy."""
    duck.execute(statement, values or {}).fetchall()


def _keys(fields: Sequence[Field]) -> str:
    """Keys are kept as numbers: a third of the memory, and joined sooner."""
    whole = [f"SELECT {key} AS key, place FROM records" for key in key_expressions(fields)]  # noqa: S608
    words = [
        f"SELECT '{name}:' || unnest({name}) AS key, place FROM records"  # noqa: S608
        for name in word_columns(fields)
    ]
    keys = " UNION ALL ".join(whole + words) or "SELECT NULL AS key, place FROM records"
    return f"SELECT hash(key) AS key, place FROM ({keys}) WHERE key IS NOT NULL"  # noqa: S608
