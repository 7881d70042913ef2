"""The draft of a program, step by step: add, set, move, copy, remove. What is in force stays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.actions.drafts import Hand, draft_of, keep
from leadfarm.nurture.models import Program
from leadfarm.rules.programs import HOLDOUT, OTHERWISE
from leadfarm.rules.programs.shaping import (
    Place,
    copy_of,
    find,
    insert,
    keys_of,
    neighbour_of,
    nodes_on,
    take,
)

Raw = dict[str, Any]
HELD_OUT = {
    "kind": "exit",
    "label": "Held out, to compare",
    "reason": "Held out, to compare",
    "then": "later",
    "days": 180,
}


@dataclass(frozen=True)
class BranchWay:
    """A way of a branch: its name, what it was called before ("" for a new one), its clause."""

    name: str
    was: str
    clause: Any


@dataclass(frozen=True)
class SplitWay:
    """A way of a split: its name, what it was called before ("" for a new one), its percentage."""

    name: str
    was: str
    share: int


class NoSuchStep(LeadfarmError):
    """The step is not in the draft (any more)."""


def add_node(program: Program, node: Raw, place: Place, hand: Hand) -> str:
    """Put a new step with everything on its ways there, under keys of its own; return its key."""
    tree = draft_of(program)
    fresh = copy_of({"key": "", **node}, tree)
    _here(tree, place.beside)
    insert(tree, fresh, place)
    keep(program, tree, hand, f"Added {name_of(fresh)}", fresh["key"])
    return str(fresh["key"])


def set_node(
    program: Program, key: str, settings: Raw, hand: Hand, ways: list[str] | None = None
) -> None:
    """Set what a step says; its key and kind stay. A value of None removes it.

    With `ways` it has these from now on: those that stay keep their steps, one that goes takes its
    steps with it.
    """

    def change(node: Raw) -> None:
        said = {name: value for name, value in settings.items() if name not in _FIXED}
        node.update(said)
        if ways is not None:
            before = node.get("ways", {})
            node["ways"] = {way: before.get(way, []) for way in ways}

    _change(program, key, change, hand)


def set_branch(
    program: Program,
    key: str,
    settings: Raw,
    ways: list[BranchWay],
    hand: Hand,
    rest: tuple[str, ...] = (OTHERWISE,),
) -> None:
    """Give a step these ways with conditions, tried in this order, then `rest` without them.

    A way that was there under another name keeps its steps; one that goes takes them with it.
    """
    asked = {"order": [way.name for way in ways], "when": {way.name: way.clause for way in ways}}
    was = {way.name: way.was for way in ways} | {name: name for name in rest}
    _change(program, key, lambda node: _reshape(node, settings | asked, was), hand)


def set_split(program: Program, key: str, label: str, ways: list[SplitWay], hand: Hand) -> None:
    """Give a split these ways and shares; those newly held out leave, and come back in half a year.

    A way that was there under another name keeps its steps; one that goes takes them with it.
    """
    shares = {"order": [way.name for way in ways], "shares": {way.name: way.share for way in ways}}
    was = {way.name: way.was for way in ways}
    tree = draft_of(program)
    nodes, place = _found(tree, key)
    _reshape(nodes[place], {"label": label} | shares, was)
    if HOLDOUT in was and not nodes_on(tree, key, HOLDOUT):
        nodes_on(tree, key, HOLDOUT).append(copy_of({"key": "", **HELD_OUT}, tree))
    keep(program, tree, hand, f"Changed {name_of(nodes[place])}", key)


def set_conditions(
    program: Program, *, entry: Any, goal: Any, hand: Hand, reentry_days: int | None = None
) -> None:
    """Set who comes in by themselves and what ends the program anywhere; None for nobody, nothing.

    It is part of the draft: publishing puts it in force.
    """
    conditions = {"entry": entry, "goal": goal, "reentry_days": reentry_days}
    keep(program, draft_of(program) | conditions, hand, "Changed who comes in, or the goal", "")


def shift_node(program: Program, key: str, by: int, hand: Hand) -> None:
    """Move a step up (-1) or down (1) among its neighbours, with everything below it."""
    tree = draft_of(program)
    nodes, place = _found(tree, key)
    target = place + by
    if not 0 <= target < len(nodes):
        raise LeadfarmError("It is already at this end of its way.")
    nodes[place], nodes[target] = nodes[target], nodes[place]
    keep(program, tree, hand, f"Moved {name_of(nodes[target])}", key)


def move_node(program: Program, key: str, place: Place, hand: Hand) -> None:
    """Move a step with everything on its ways to another place, also onto another way."""
    tree = draft_of(program)
    nodes, at = _found(tree, key)
    _here(tree, place.beside)
    if place.beside in keys_of(nodes[at]):
        raise LeadfarmError("A step cannot be moved beside itself, or onto a way of its own.")
    moved = take(tree, key)
    insert(tree, moved, place)
    keep(program, tree, hand, f"Moved {name_of(moved)}", key)


def duplicate_node(program: Program, key: str, hand: Hand) -> str:
    """Put a copy of a step, with everything on its ways, after it; return the copy's key."""
    tree = draft_of(program)
    nodes, at = _found(tree, key)
    copy = copy_of(nodes[at], tree)
    copy["label"] = f"{str(copy.get('label') or copy['kind'])[:150]}, copy"
    nodes.insert(at + 1, copy)
    keep(program, tree, hand, f"Copied {name_of(nodes[at])}", copy["key"])
    return str(copy["key"])


def node_of(program: Program, key: str) -> Raw:
    """Return a step of the draft with everything on its ways, to be added elsewhere."""
    nodes, at = _found(draft_of(program), key)
    return nodes[at]


def remove_node(program: Program, key: str, hand: Hand) -> str:
    """Remove a step and everything on its ways; return the key of a step near it, or ""."""
    tree = draft_of(program)
    _here(tree, key)
    near = neighbour_of(tree, key)
    gone = take(tree, key)
    below = len(keys_of(gone)) - 1
    more = f" with {below} step{'' if below == 1 else 's'} below it" if below else ""
    keep(program, tree, hand, f"Removed {name_of(gone)}{more}", key)
    return near


def name_of(node: Raw) -> str:
    """Return how a step is called in a sentence."""
    return f"“{str(node.get('label') or node.get('kind', 'step'))[:80]}”"


_FIXED = ("key", "kind", "ways")


def _change(program: Program, key: str, change: Callable[[Raw], None], hand: Hand) -> None:
    tree = draft_of(program)
    nodes, place = _found(tree, key)
    change(nodes[place])
    nodes[place] = {name: value for name, value in nodes[place].items() if value is not None}
    keep(program, tree, hand, f"Changed {name_of(nodes[place])}", key)


def _reshape(node: Raw, settings: Raw, was: dict[str, str]) -> None:
    """Set settings and ways of a step. `was` says by which name each way was known before."""
    before = node.get("ways", {})
    node.update(settings)
    node["ways"] = {name: before.get(old, []) for name, old in was.items()}


def _found(tree: Raw, key: str) -> tuple[list[Raw], int]:
    try:
        return find(tree, key)
    except KeyError:
        gone = f"There is no step {key!r} in the draft."
        raise NoSuchStep(gone, "Somebody may have removed it.") from None


def _here(tree: Raw, key: str) -> None:
    if key:
        _found(tree, key)
