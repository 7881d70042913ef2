"""Limits hold across web processes: what one counts, all know (S1-3)."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from leadfarm.access.tally import count
from tests.world import MONDAY

pytestmark = pytest.mark.usefixtures("database")
SPAN = timedelta(minutes=10)


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def test_many_at_once_are_all_counted():
    key = secrets.token_hex(4)

    def once(_number: int) -> int:
        with own_connection():
            return count(key, SPAN, MONDAY)

    with ThreadPoolExecutor(6) as crowd:
        counted = list(crowd.map(once, range(30)))
    assert sorted(counted) == list(range(1, 31))


def test_a_new_span_begins_at_one_and_sweeps_what_is_over():
    key, other = secrets.token_hex(4), secrets.token_hex(4)
    assert [count(key, SPAN, MONDAY) for _ in range(3)] == [1, 2, 3]
    assert count(other, SPAN, MONDAY + SPAN) == 1
    assert count(key, SPAN, MONDAY + SPAN) == 1
    count(other, SPAN, MONDAY + 3 * SPAN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_tally WHERE key = %s", [key])
        assert cursor.fetchone()[0] == 0
