"""Programs, their immutable versions, and the leads that walk through them."""

from leadfarm.nurture.models.enrolment import LIVE, Arrival, Enrolment, EnrolmentState, StepLog
from leadfarm.nurture.models.pause import Pause
from leadfarm.nurture.models.program import Edit, Node, Program, ProgramState, ProgramVersion, Way
from leadfarm.nurture.models.stream import Piece, Stream

__all__ = [
    "LIVE",
    "Arrival",
    "Edit",
    "Enrolment",
    "EnrolmentState",
    "Node",
    "Pause",
    "Piece",
    "Program",
    "ProgramState",
    "ProgramVersion",
    "StepLog",
    "Stream",
    "Way",
]
