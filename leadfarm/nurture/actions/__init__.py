"""One home per verb: what people do to programs."""

from leadfarm.nurture.actions.drafts import (
    ChangedDraft,
    Hand,
    check_number,
    discard_draft,
    draft_of,
    redo,
    undo,
)
from leadfarm.nurture.actions.editing import (
    BranchWay,
    SplitWay,
    add_node,
    duplicate_node,
    move_node,
    node_of,
    remove_node,
    set_branch,
    set_conditions,
    set_node,
    set_split,
    shift_node,
)
from leadfarm.nurture.actions.filing import Reading, program_file, read_program, take_over
from leadfarm.nurture.actions.moving import Stop, move_on, stops
from leadfarm.nurture.actions.publishing import FaultyProgram, check, known, publish
from leadfarm.nurture.actions.ready_made import install_ready_made, use_ready_made
from leadfarm.nurture.actions.resting import rest, wake
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
    "ChangedDraft",
    "FaultyProgram",
    "Hand",
    "Reading",
    "SplitWay",
    "Stop",
    "add_node",
    "add_piece",
    "bring_back",
    "check",
    "check_number",
    "discard_draft",
    "draft_of",
    "duplicate_node",
    "install_ready_made",
    "known",
    "leave",
    "make_program",
    "make_stream",
    "move_node",
    "move_on",
    "move_piece",
    "node_of",
    "pause",
    "program_file",
    "publish",
    "read_program",
    "redo",
    "remove_node",
    "rest",
    "resume",
    "retire_piece",
    "set_branch",
    "set_conditions",
    "set_node",
    "set_split",
    "shift_node",
    "stops",
    "take_over",
    "undo",
    "use_ready_made",
    "wake",
]
