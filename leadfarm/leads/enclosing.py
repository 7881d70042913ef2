"""What goes along with a mail because its words lead there: the calendar file of an event.

The room that keeps events says which; the room that sends mail puts it on.
"""

from collections.abc import Callable

# Handed a workspace's id and the words of a mail, returns the calendar file they lead to, or "".
Finder = Callable[[int, str], str]
_finders: dict[str, Finder] = {}


def encloses(room: str, finder: Finder) -> None:
    """Register who knows calendar files by their address; the same room again replaces it."""
    _finders[room] = finder


def calendar_in(workspace_id: int, words: str) -> str:
    """Return the calendar file these words lead to; "" where they lead to none."""
    found = (finder(workspace_id, words) for finder in _finders.values())
    return next(filter(None, found), "")
