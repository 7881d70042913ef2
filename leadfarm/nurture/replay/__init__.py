"""Replaying a program: it lives through recorded history again, and writes nowhere."""

from leadfarm.nurture.replay.asking import NOBODY, USUAL, Question
from leadfarm.nurture.replay.outcome import Outcome
from leadfarm.nurture.replay.running import replay

__all__ = ["NOBODY", "USUAL", "Outcome", "Question", "replay"]
