"""Where a record went: the room that merges says it, and old addresses lead there."""

from collections.abc import Callable, Collection, Mapping

from leadfarm.leads.models import Account, Contact

Record = type[Account] | type[Contact]
# Handed a workspace's id, the kind of record and ids; answers the survivors of those merged.
Finder = Callable[[int, Record, Collection[int]], Mapping[int, int]]
# Handed the same with the id of a record that stands; answers the ids of those merged into it.
Gatherer = Callable[[int, Record, int], Collection[int]]
_finders: dict[str, Finder] = {}
_gatherers: dict[str, Gatherer] = {}


def knows_survivors(room: str, finder: Finder, gatherer: Gatherer) -> None:
    """Register who knows what was merged; the same room again replaces it."""
    _finders[room] = finder
    _gatherers[room] = gatherer


def survivors_of(workspace_id: int, kind: Record, ids: Collection[int]) -> dict[int, int]:
    """Return into which record each of these was merged, by its id; who stands is not in it."""
    found: dict[int, int] = {}
    for finder in _finders.values() if ids else ():
        found |= finder(workspace_id, kind, ids)
    return found


def survivor_of(workspace_id: int, kind: Record, record_id: int) -> int | None:
    """Return the id of the record this one was merged into, None where it stands by itself."""
    return survivors_of(workspace_id, kind, [record_id]).get(record_id)


def merged_into(workspace_id: int, kind: Record, record_id: int) -> list[int]:
    """Return the ids of the records merged into this one: history still names them."""
    gone = [gather(workspace_id, kind, record_id) for gather in _gatherers.values()]
    return sorted({pk for ids in gone for pk in ids})
