"""One home per verb: what people do to programs."""

from leadfarm.nurture.actions.editing import (
    BranchWay,
    add_node,
    draft_of,
    move_node,
    remove_node,
    set_branch,
    set_conditions,
    set_node,
    set_ways,
)
from leadfarm.nurture.actions.publishing import FaultyProgram, check, known, publish
from leadfarm.nurture.actions.ready_made import install_ready_made
from leadfarm.nurture.actions.running import leave, make_program, pause, resume

__all__ = [
    "BranchWay",
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
    "set_branch",
    "set_conditions",
    "set_node",
    "set_ways",
]
