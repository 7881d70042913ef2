"""What every test may ask for. Nothing is emptied between tests: each has its own workspace."""

from collections.abc import Iterator

import pytest

from tests.world import World, make_world


@pytest.fixture
def world(database: str) -> World:
    """Return a fresh workspace with its people; enter it with `world.inside()`."""
    return make_world()


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    """Return the fresh workspace, already entered, in one transaction that is kept."""
    with world.inside():
        yield world
