"""Two records become one, and two again: merging, undoing, and finding the survivor."""

from leadfarm.intake.merging.following import survivors
from leadfarm.intake.merging.joining import (
    join_leads,
    joined_together,
    several_open,
    split_lead,
)
from leadfarm.intake.merging.taking import Choice, merge
from leadfarm.intake.merging.undoing import undo_merge

__all__ = [
    "Choice",
    "join_leads",
    "joined_together",
    "merge",
    "several_open",
    "split_lead",
    "survivors",
    "undo_merge",
]
