"""What can be wrong with a file as a whole, and with one row of it."""

from dataclasses import dataclass

from leadfarm.engine.errors import LeadfarmError


class UnreadableFileError(LeadfarmError):
    """The file cannot be read as a table at all; nothing of it was taken."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one row: where, what, and what to do.

    `row` is the number a spreadsheet shows (the first row is 1); `field` is the column's title, or
    empty when the whole row is meant. A row that is `taken` came in all the same.
    """

    row: int
    field: str
    message: str
    taken: bool = False
