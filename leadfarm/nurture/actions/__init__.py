"""One home per verb: what people do to programs."""

from leadfarm.nurture.actions.editing import (
    BranchWay,
    SplitWay,
    add_node,
    draft_of,
    move_node,
    remove_node,
    set_branch,
    set_conditions,
    set_node,
    set_split,
    set_ways,
)
from leadfarm.nurture.actions.publishing import FaultyProgram, check, known, publish
from leadfarm.nurture.actions.ready_made import install_ready_made
from leadfarm.nurture.actions.running import leave, make_program, pause, resume
from leadfarm.nurture.actions.streaming import (
    add_piece,
    bring_back,
    make_stream,
    move_piece,
    retire_piece,
)

__all__ = [
    "BranchWay",
    "FaultyProgram",
    "SplitWay",
    "add_node",
    "add_piece",
    "bring_back",
    "check",
    "draft_of",
    "install_ready_made",
    "known",
    "leave",
    "make_program",
    "make_stream",
    "move_node",
    "move_piece",
    "pause",
    "publish",
    "remove_node",
    "resume",
    "retire_piece",
    "set_branch",
    "set_conditions",
    "set_node",
    "set_split",
    "set_ways",
]
