"""Long lists as arrays: PostgreSQL gives back what went in (S0-1)."""

from leadfarm.engine import arrays
from tests.world import World

WORDS = ['quo"te', "back\\slash", "com,ma", "{brace}", "", " blank ", "NULL", "“ß”\n"]


def test_s0_1_texts_and_numbers_come_back_as_they_were(world: World):
    from django.db import connection

    with world.inside(), connection.cursor() as cursor:
        many = [arrays.texts(WORDS), arrays.texts(["plain"]), arrays.texts([])]
        cursor.execute("SELECT %s::text[], %s::text[], %s::text[]", many)
        assert cursor.fetchone() == (WORDS, ["plain"], [])
        cursor.execute("SELECT %s::bigint[]", [arrays.numbers([1, None, 2**40])])
        assert cursor.fetchone() == ([1, None, 2**40],)
