"""The draft of a program, node by node: add, set, move, remove. The version in force stays."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import Program, ProgramVersion
from leadfarm.rules.programs import HOLDOUT, OTHERWISE

Nodes = list[dict[str, Any]]
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


def draft_of(program: Program) -> dict[str, Any]:
    """Return a copy of the tree being edited: the draft, or the version in force."""
    here: dict[str, Any] = {"entry": program.entry, "reentry_days": program.reentry_days}
    if program.draft is not None:
        return {**here, **deepcopy(program.draft)}
    if program.version_id is None:
        return here | {"name": program.name, "goal": None, "nodes": []}
    version = ProgramVersion.objects.of(program.workspace_id).get(id=program.version_id)
    return {**deepcopy(version.tree), **here}


def add_node(
    program: Program, node: dict[str, Any], *, before: str = "", into: tuple[str, str] = ("", "")
) -> str:
    """Put a node before another, or at the end of a way (key, way); return its key.

    Without a place it goes to the end of the tree.
    """
    tree = draft_of(program)
    node = {**node, "key": _fresh_key(tree, str(node["kind"]))}
    if before:
        nodes, place = _find(tree, before)
        nodes.insert(place, node)
    else:
        _list_of(tree, into).append(node)
    _save(program, tree)
    return str(node["key"])


def set_node(program: Program, key: str, settings: dict[str, Any]) -> None:
    """Set what a node says; its key, kind and ways' steps stay. A value of None removes it."""
    tree = draft_of(program)
    nodes, place = _find(tree, key)
    node = nodes[place]
    for name, value in settings.items():
        if name in ("key", "kind", "ways"):
            continue
        node[name] = value
    nodes[place] = {name: value for name, value in node.items() if value is not None}
    _save(program, tree)


def set_ways(program: Program, key: str, ways: list[str]) -> None:
    """Give a node these ways; steps on ways that stay are kept, a way that goes takes its steps."""
    tree = draft_of(program)
    nodes, place = _find(tree, key)
    before = nodes[place].get("ways", {})
    nodes[place]["ways"] = {way: before.get(way, []) for way in ways}
    _save(program, tree)


def set_branch(
    program: Program,
    key: str,
    settings: dict[str, Any],
    ways: list[BranchWay],
    rest: tuple[str, ...] = (OTHERWISE,),
) -> None:
    """Give a step these ways with conditions, tried in this order, then `rest` without them.

    A way that was there under another name keeps its steps; one that goes takes them with it.
    """
    asked = {"order": [way.name for way in ways], "when": {way.name: way.clause for way in ways}}
    _reshape(program, key, settings | asked, {way.name: way.was for way in ways}, rest)


def set_split(program: Program, key: str, label: str, ways: list[SplitWay]) -> None:
    """Give a split these ways and shares; those newly held out leave, and come back in half a year.

    A way that was there under another name keeps its steps; one that goes takes them with it.
    """
    shares = {"order": [way.name for way in ways], "shares": {way.name: way.share for way in ways}}
    tree = _reshape(program, key, {"label": label} | shares, {way.name: way.was for way in ways})
    if HOLDOUT in shares["shares"] and not _list_of(tree, (key, HOLDOUT)):
        add_node(program, dict(HELD_OUT), into=(key, HOLDOUT))


def _reshape(
    program: Program,
    key: str,
    settings: dict[str, Any],
    was: dict[str, str],
    rest: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Keep settings and ways of a step; return the draft. `was` says by which name a way was known.

    A setting of None is removed.
    """
    tree = draft_of(program)
    nodes, place = _find(tree, key)
    before = nodes[place].get("ways", {})
    names = was | {name: name for name in rest}
    ways = {name: before.get(old, []) for name, old in names.items()}
    kept = nodes[place] | settings | {"ways": ways}
    nodes[place] = {name: value for name, value in kept.items() if value is not None}
    _save(program, tree)
    return tree


def set_conditions(
    program: Program, *, entry: Any, goal: Any, reentry_days: int | None = None
) -> None:
    """Set who comes in by themselves and what ends the program anywhere; None for nobody, nothing.

    It is part of the draft: publishing puts it in force.
    """
    tree = draft_of(program)
    _save(program, tree | {"entry": entry, "goal": goal, "reentry_days": reentry_days})


def move_node(program: Program, key: str, by: int) -> None:
    """Move a node up (-1) or down (1) among its neighbours, with everything below it."""
    tree = draft_of(program)
    nodes, place = _find(tree, key)
    target = place + by
    if not 0 <= target < len(nodes):
        raise LeadfarmError("It is already at this end of its way.")
    nodes[place], nodes[target] = nodes[target], nodes[place]
    _save(program, tree)


def remove_node(program: Program, key: str) -> None:
    """Remove a node and everything on its ways."""
    tree = draft_of(program)
    nodes, place = _find(tree, key)
    del nodes[place]
    _save(program, tree)


def discard_draft(program: Program) -> None:
    """Forget the changes; the version in force is what is edited next."""
    if program.version_id is None:
        raise LeadfarmError("The program has no version yet, so its draft is all there is.")
    Program.objects.of(program.workspace_id).filter(id=program.id).update(draft=None)
    program.draft = None


def rename(program: Program, name: str) -> None:
    """Give the program another name; its tree carries it too."""
    if not name.strip():
        raise LeadfarmError("Give the program a name.")
    Program.objects.of(program.workspace_id).filter(id=program.id).update(name=name.strip())
    program.name = name.strip()


def _save(program: Program, tree: dict[str, Any]) -> None:
    Program.objects.of(program.workspace_id).filter(id=program.id).update(draft=tree)
    program.draft = tree


def _lists(tree: dict[str, Any]) -> Iterator[Nodes]:
    """Yield every list of nodes in the tree."""
    waiting: list[Nodes] = [tree.setdefault("nodes", [])]
    while waiting:
        nodes = waiting.pop()
        yield nodes
        waiting += [way for node in nodes for way in node.get("ways", {}).values()]


def _find(tree: dict[str, Any], key: str) -> tuple[Nodes, int]:
    for nodes in _lists(tree):
        for place, node in enumerate(nodes):
            if node.get("key") == key:
                return nodes, place
    raise NoSuchStep(f"There is no step {key!r} in the draft.", "Somebody may have removed it.")


def _list_of(tree: dict[str, Any], into: tuple[str, str]) -> Nodes:
    key, way = into
    if not key:
        return tree.setdefault("nodes", [])  # type: ignore[no-any-return]
    nodes, place = _find(tree, key)
    return nodes[place].setdefault("ways", {}).setdefault(way, [])  # type: ignore[no-any-return]


def _fresh_key(tree: dict[str, Any], kind: str) -> str:
    taken = {node.get("key") for nodes in _lists(tree) for node in nodes}
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"
