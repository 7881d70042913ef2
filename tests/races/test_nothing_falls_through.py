"""Thousands of operations by everybody, files and programs in between: every law holds (S1-7).

Seeded, on a virtual clock. On the way and at the end `leadfarm doctor` is asked about everything.
"""

import sys
import time
from collections import Counter

import pytest

from leadfarm.leads.models import Lead, Standing
from leadfarm.rules.stages import OPEN
from tests.lawful import broken_in
from tests.support.arrivals import our_faults
from tests.support.deeds import DEEDS
from tests.support.town import Town, found_town, live

LOOK_EVERY = 500


@pytest.mark.parametrize(
    ("operations", "seed"),
    [
        (200, 7),
        *(pytest.param(10_000, seed, marks=pytest.mark.soak) for seed in (1, 2, 3)),
    ],
)
def test_s1_7_nothing_falls_through_whatever_happens(
    database: str, operations: int, seed: int
) -> None:
    began = time.monotonic()
    town = found_town(seed)
    for done in range(0, operations, LOOK_EVERY):
        live(town, DEEDS, min(LOOK_EVERY, operations - done))
        town.ticks()
        broken = fallen(town)
        assert not broken, f"after {town.number:,} operations: " + "; ".join(broken)
    assert our_faults(town) == []
    never = {deed.__name__.replace("_", " ") for _, deed in DEEDS} - town.done.keys()
    assert len(never) < 0.2 * len(DEEDS), never
    tell(town, time.monotonic() - began)


def fallen(town: Town) -> list[str]:
    """Return what doctor finds, and every open lead of which nobody knows what happens next."""
    # That the tests reach a demo by another name than this machine's is not the town's doing.
    broken = [one for one in broken_in(town.workspace.id) if "is a demo" not in one]
    with town.world.inside():
        idle = Standing.objects.of(town.workspace).filter(next_kind=None, stage__in=OPEN)
        return broken + [f"lead {one} has no next step" for one in idle.values_list("lead_id")]


def tell(town: Town, took: float) -> None:
    """Print the figures for the docs."""
    with town.world.inside():
        leads = Lead.objects.of(town.workspace).count()
    refused, kinds = sum(town.refused.values()), len(town.done)
    sys.stdout.write(
        f"\n{town.number:,} operations of {kinds} kinds, {refused:,} of them refused in words;"
        f" {leads:,} leads; 0 broken; {took:.0f} s\n"
    )
    rare = Counter(town.refused - town.done).most_common(5)
    sys.stdout.write(f"more refused than done: {rare}\n")
