"""Who reads what arrives: one reader a door, found again when a payload is replayed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leadfarm.access.models import Workspace
from leadfarm.intake.arrival import Arrival, Sent
from leadfarm.intake.codes import Door


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with which field, "" for the whole, and what to do about it."""

    field: str
    said: str

    def __str__(self) -> str:
        return f"{self.field}: {self.said}" if self.field else self.said


class UnreadableError(Exception):
    """The payload cannot be read as somebody coming in: why, in whole sentences."""

    def __init__(self, *faults: Fault | str) -> None:
        super().__init__(*faults)
        self.faults = tuple(Fault("", one) if isinstance(one, str) else one for one in faults)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the faults as sentences, the fields named."""
        return tuple(map(str, self.faults))


class NobodyError(UnreadableError):
    """There is nobody behind it: an automatic reply, a bounce, a mail of our own."""


# Handed the workspace, what arrived, and when it did.
Reader = Callable[[Workspace, Arrival, datetime], Sent]
_readers: dict[Door, Reader] = {}


def reads(door: Door, reader: Reader) -> None:
    """Let this function read what arrives through the door; it raises UnreadableError."""
    _readers[door] = reader


def read(workspace: Workspace, arrival: Arrival, received_at: datetime) -> Sent:
    """Return what the arrival says; UnreadableError tells why it says nothing."""
    if arrival.door not in _readers:
        raise UnreadableError(f"Nothing reads what comes by the door “{arrival.door.label}”.")
    return _readers[arrival.door](workspace, arrival, received_at)
