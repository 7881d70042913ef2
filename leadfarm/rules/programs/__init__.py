"""Program trees (DESIGN 7): read, checked, flattened for the engine, shown, compared.

A program is JSON: {"name", "goal": clauses or null, "nodes": [node, ...]}, and where it is not for
open leads an `audience`; with `begins_at` "first" everybody begins with the first step, also who
said "not now" before or comes again. A node has a stable
`key`, a `kind`, an optional `label`, the settings of its kind, and, where it parts, `ways`:
{way: [nodes]}. A way that runs out goes on with the node after the one that parted. Every path must
come to a goal or an exit, so that no lead leaves without a reason (S1-11).

Settings by kind: message: template. wait: one of days, hours, minutes, working_days, until_date,
until_weekday, with `at`. wait_for: event, time_out (a wait). human: side, task, script, due_hours,
dispositions, time_out, when_away (colleague or wait), same_person_as (the key of an earlier step).
branch: when ({way: clauses}, tried in the order of `order`, then `otherwise`). update: owner_side
with owner, finding with value, stage. go_to: to. goal and exit: reason. split: shares ({way:
percent}, tried in `order`; the way `holdout` gets nothing). stream: stream, every (a wait), most
(pieces, or none), when ({way: clauses} that lead out of it), then `next` after `most`, `exhausted`.
A callback moves the same task to its date while the tree goes on waiting.
"""

from leadfarm.rules.programs.audience import Audience, audience_of
from leadfarm.rules.programs.checking import Known, faults
from leadfarm.rules.programs.flat import Compiled, Move, Step, compile_tree, next_of
from leadfarm.rules.programs.ready_made import NO_HAND_OFF, READY_MADE, ReadyMade, Wording
from leadfarm.rules.programs.showing import Line, differences, outline
from leadfarm.rules.programs.tree import (
    EXHAUSTED,
    HOLDOUT,
    NEXT,
    OTHERWISE,
    TIMED_OUT,
    Fault,
    Node,
    NodeKind,
    Program,
    parse,
)
from leadfarm.rules.programs.waits import wait_ends

__all__ = [
    "EXHAUSTED",
    "HOLDOUT",
    "NEXT",
    "NO_HAND_OFF",
    "OTHERWISE",
    "READY_MADE",
    "TIMED_OUT",
    "Audience",
    "Compiled",
    "Fault",
    "Known",
    "Line",
    "Move",
    "Node",
    "NodeKind",
    "Program",
    "ReadyMade",
    "Step",
    "Wording",
    "audience_of",
    "compile_tree",
    "differences",
    "faults",
    "next_of",
    "outline",
    "parse",
    "wait_ends",
]
