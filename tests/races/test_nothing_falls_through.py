"""Thousands of operations by everybody, files and programs in between: every law holds (S1-7).

Seeded, on a virtual clock. At the end `leadfarm doctor` is asked about everything that is there.
"""

import sys
import time

import pytest

from leadfarm.access.models import Workspace
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
    Workspace.objects.filter(id=town.workspace.id).update(is_demo=False)
    assert broken_in(town.workspace.id) == []
    assert set(town.done) == {deed.__name__.replace("_", " ") for _, deed in DEEDS}
    with town.world.inside():
        leads = Lead.objects.of(town.workspace).count()
        nothing = Standing.objects.of(town.workspace).filter(stage__lte=6, next_kind=None).count()
    assert nothing == 0
    figures = f"{operations:,} operations, {sum(town.refused.values()):,} refused in words"
    took = time.monotonic() - began
    sys.stdout.write(f"\n{figures}; {leads:,} leads; broken 0; {took:.0f} s\n")
