"""How many complaints a program may draw before it is warned of, and before it stops."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

# Large mailbox providers warn senders at 0.10 % and refuse their mail from 0.30 %.
WARN_AT, STOP_AT = 0.001, 0.003
# One complaint among few mails is a person, not a rate.
FEWEST_TO_WARN, FEWEST_TO_STOP = 2, 3
# Over which time complaints and mails are counted.
SPAN = timedelta(days=30)


class ComplaintLevel(Enum):
    """What follows from the complaints about a program."""

    FINE = "fine"
    WARN = "warn"
    STOP = "stop"


def complaint_level(complaints: int, sent: int) -> ComplaintLevel:
    """Return what follows from so many complaints about so many mails sent in the same time."""
    rate = complaints / sent if sent else 0.0
    if complaints >= FEWEST_TO_STOP and rate >= STOP_AT:
        return ComplaintLevel.STOP
    if complaints >= FEWEST_TO_WARN and rate >= WARN_AT:
        return ComplaintLevel.WARN
    return ComplaintLevel.FINE
