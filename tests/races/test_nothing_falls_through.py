"""Thousands of operations by everybody, files and programs in between: every law holds (S1-7).

Seeded, on a virtual clock. At the end `leadfarm doctor` is asked about everything that is there.
"""

import sys
import time

import pytest

from leadfarm.leads.models import Lead, Standing
from tests.lawful import broken_in
from tests.support.deeds import DEEDS
from tests.support.town import found_town, live


@pytest.mark.parametrize(
    ("operations", "seed"),
    [
        (300, 7),
        *(pytest.param(10_000, seed, marks=pytest.mark.soak) for seed in (1, 2)),
    ],
)
def test_s1_7_nothing_falls_through_whatever_happens(
    database: str, operations: int, seed: int
) -> None:
    began = time.monotonic()
    town = found_town(seed)
    live(town, DEEDS, operations)
    town.ticks()
    # That the tests reach a demo by another name than this machine's is not the town's doing.
    assert [one for one in broken_in(town.workspace.id) if "is a demo" not in one] == []
    assert len(town.done) > 0.8 * len(DEEDS)
    with town.world.inside():
        leads = Lead.objects.of(town.workspace).count()
        nothing = Standing.objects.of(town.workspace).filter(stage__lte=6, next_kind=None).count()
    assert nothing == 0
    figures = f"{operations:,} operations, {sum(town.refused.values()):,} refused in words"
    took = time.monotonic() - began
    sys.stdout.write(f"\n{figures}; {leads:,} leads; broken 0; {took:.0f} s\n")
