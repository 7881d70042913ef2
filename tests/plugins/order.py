"""The longest tests first, so that at the end no process works alone on one of them.

Where several processes share the tests, each begins at its part's beginning and takes from the
others' ends.
"""

import pytest

LONGEST_FIRST = (
    "stories/test_the_whole_thread.py",
    "project/test_command_line.py",
    "project/test_stopping.py",
    "consent/test_restoring.py",
    "nurture/test_races.py",
    "faults/",
    "nurture/test_no_hand_off.py",
    "races/",
    "simulation/",
    "rules/clauses/test_voices_agree.py",
    "project/test_every_page.py",
    "access/test_every_url.py",
    "intake/test_landing.py",
    "ui/test_browser.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the tests: these folders and files first, in this order, the others as they were."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    where = item.nodeid.removeprefix("tests/")
    places = (place for place, name in enumerate(LONGEST_FIRST) if where.startswith(name))
    return next(places, len(LONGEST_FIRST))
