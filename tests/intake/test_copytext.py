"""Rows as COPY reads them: PostgreSQL gives back what went in (S0-1)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadfarm.intake.importing import copytext
from leadfarm.rules.stages import Stage
from tests.world import World

CELLS = (
    ("text", "tab\tline\nreturn\rback\\slash \\N \\. “ß”"),
    ("text", ""),
    ("text", None),
    ("bigint", 2**40),
    ("smallint", Stage.DORMANT),
    ("boolean", True),
    ("double precision", 0.1 + 0.2),
    ("numeric(14, 2)", Decimal("1234.50")),
    ("date", date(2026, 3, 2)),
    ("timestamptz", datetime(2026, 3, 2, 10, 0, 0, 123, tzinfo=UTC)),
)


def test_s0_1_every_kind_of_cell_comes_back_as_it_was(world: World):
    from django.db import connection

    shape = ", ".join(f"c{place} {kind}" for place, (kind, _) in enumerate(CELLS))
    row = [cell for _, cell in CELLS]
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE cells ({shape}) ON COMMIT DROP")
        with cursor.copy("COPY cells FROM STDIN") as copy:
            copy.write(copytext.block([row, row]))
        cursor.execute("SELECT * FROM cells")
        assert cursor.fetchall() == [tuple(row), tuple(row)]


def test_s0_1_a_cell_of_no_known_kind_is_refused():
    with pytest.raises(TypeError, match="No cell of an import is a set"):
        copytext.block([[set()]])
