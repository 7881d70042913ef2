"""Which mail of ours is answered: the room that sends knows, the room that receives asks."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from leadfarm.access.models import Workspace


class Written(NamedTuple):
    """A mail of ours: the lead it was about, and whom it went to."""

    lead_id: int
    contact_id: int


# Handed Message-IDs without brackets; returns the newest of our mails among them.
Finder = Callable[[Workspace, Collection[str]], Written | None]
_finders: dict[str, Finder] = {}


def knows_our_mail(room: str, finder: Finder) -> None:
    """Let this function say which mail of ours has one of these ids; the same room replaces it."""
    _finders[room] = finder


def written_by_us(workspace: Workspace, ids: Collection[str]) -> Written | None:
    """Return the mail of ours that has one of these Message-IDs; None where none has."""
    found = (finder(workspace, ids) for finder in _finders.values()) if ids else ()
    return next((one for one in found if one is not None), None)
