"""What every test may ask for. Nothing is emptied between tests: each has its own workspace."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.world import World, make_world

# A busy machine is no fault of a rule, and what is green today is green tomorrow: property tests
# are not timed and draw the same examples on every run. `make soak` draws others.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.fixture
def world(database: str) -> World:
    """Return a fresh workspace with its people; enter it with `world.inside()`."""
    return make_world()


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    """Return the fresh workspace, already entered, in one transaction that is kept."""
    with world.inside():
        yield world
