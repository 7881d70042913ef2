"""Who reads what arrives: one reader a door, found again when a payload is replayed."""

from collections.abc import Callable

from leadfarm.access.models import Workspace
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door


class UnreadableError(Exception):
    """The payload cannot be read as somebody coming in: why, in whole sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class NobodyError(UnreadableError):
    """There is nobody behind it: an automatic reply, a bounce, a mail of our own."""


Reader = Callable[[Workspace, Arrival], Sent]
_readers: dict[Door, Reader] = {}


def reads(door: Door, reader: Reader) -> None:
    """Let this function read what arrives through the door; it raises UnreadableError."""
    _readers[door] = reader


def read(workspace: Workspace, arrival: Arrival) -> Sent:
    """Return what the arrival says; UnreadableError tells why it says nothing."""
    if arrival.door not in _readers:
        raise UnreadableError(f"Nothing reads what comes by the door “{arrival.door.label}”.")
    return _readers[arrival.door](workspace, arrival)
