"""The bench of advancing runs and counts the same rows on both sides; its speed is no test."""

from leadfarm.nurture.bench import advance
from tests.world import World


def test_bench_advance_moves_as_many_as_its_floor(world: World):
    with world.as_worker():
        figures = advance(300, batch=100)
    assert figures["n"] == 300
    assert figures["ratio"] > 0
