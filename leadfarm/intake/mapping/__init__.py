"""What each column of a file means: targets, guesses, and the mapping a person confirms."""

from leadfarm.intake.mapping.guesses import guess
from leadfarm.intake.mapping.plan import Column, Mapping, MappingError, read_mapping
from leadfarm.intake.mapping.targets import TARGETS, Target, targets_for

__all__ = [
    "TARGETS",
    "Column",
    "Mapping",
    "MappingError",
    "Target",
    "guess",
    "read_mapping",
    "targets_for",
]
