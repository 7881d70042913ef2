"""One home per verb: what people do to programs."""

from leadfarm.nurture.actions.editing import (
    add_node,
    draft_of,
    move_node,
    remove_node,
    set_node,
)
from leadfarm.nurture.actions.publishing import FaultyProgram, check, known, publish
from leadfarm.nurture.actions.ready_made import install_ready_made
from leadfarm.nurture.actions.running import leave, make_program, pause, resume

__all__ = [
    "FaultyProgram",
    "add_node",
    "check",
    "draft_of",
    "install_ready_made",
    "known",
    "leave",
    "make_program",
    "move_node",
    "pause",
    "publish",
    "remove_node",
    "resume",
    "set_node",
]
