"""Where a record went: the room that merges says it, and old addresses lead there."""

from collections.abc import Callable

from leadfarm.leads.models import Account, Contact

Record = type[Account] | type[Contact]
# Handed a workspace's id, the kind of record and its id; answers the survivor's id or None.
Finder = Callable[[int, Record, int], int | None]
_finders: dict[str, Finder] = {}


def knows_survivors(room: str, finder: Finder) -> None:
    """Register who knows what was merged; the same room again replaces it."""
    _finders[room] = finder


def survivor_of(workspace_id: int, kind: Record, record_id: int) -> int | None:
    """Return the id of the record this one was merged into, None where it stands by itself."""
    for finder in _finders.values():
        found = finder(workspace_id, kind, record_id)
        if found is not None:
            return found
    return None
