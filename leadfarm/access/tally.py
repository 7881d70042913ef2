"""Counting across all web processes: how often did this happen in a span of time?"""

from datetime import datetime, timedelta

from leadfarm.engine.statements import prepared

# One statement, so that no two who count at once overlook each other.
COUNT = """
INSERT INTO access_tally AS tally (key, until, count)
VALUES (%(key)s::text, %(until)s::timestamptz, 1)
    ON CONFLICT (key) DO UPDATE
   SET count = CASE WHEN tally.until <= %(now)s::timestamptz THEN 1 ELSE tally.count + 1 END,
       until = CASE WHEN tally.until <= %(now)s::timestamptz THEN excluded.until
                    ELSE tally.until END
RETURNING count
"""
SWEEP = """
DELETE FROM access_tally WHERE key IN (
    SELECT key FROM access_tally WHERE until <= %(now)s::timestamptz
     ORDER BY until LIMIT 20 FOR UPDATE SKIP LOCKED)
RETURNING key
"""


def count(key: str, span: timedelta, now: datetime) -> int:
    """Count one more under this key; return how many there were since the span began.

    The first of a span sweeps some tallies that are over. Call it outside transactions.
    """
    (row,) = prepared(COUNT, one_more(key, span, now))
    return swept(int(row["count"]), now)


def one_more(key: str, span: timedelta, now: datetime) -> dict[str, object]:
    """Return the values of COUNT, for statements that count beside what they do."""
    return {"key": key, "now": now, "until": now + span}


def swept(counted: int, now: datetime) -> int:
    """Return the count; the first of a span sweeps."""
    if counted == 1:
        prepared(SWEEP, {"now": now})
    return counted
