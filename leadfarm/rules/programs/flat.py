"""A tree flattened into steps and moves: what the set-based engine stores and joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.rules.programs.splitting import shares_of
from leadfarm.rules.programs.tree import (
    EXHAUSTED,
    HAPPENED,
    NEXT,
    OTHERWISE,
    TIMED_OUT,
    Node,
    NodeKind,
    Program,
)
from leadfarm.rules.programs.waits import span_seconds


@dataclass(frozen=True)
class Step:
    """A node as a row; `position` is its place in reading order."""

    key: str
    kind: NodeKind
    label: str
    position: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Move:
    """From a step by a way to the next step (None: nowhere, a fault).

    `delay_seconds` is how long the step lasts before it takes this way by itself: 0 at once, None
    when it is taken by an event or a disposition, or when the calendar decides (`wait_ends`).
    `when` holds the clauses of a branch; `rank` is the order in which they are tried.
    """

    key: str
    kind: NodeKind
    way: str
    next_key: str | None
    delay_seconds: int | None
    rank: int
    when: Any = None


@dataclass(frozen=True)
class Compiled:
    """The rows of a program version, and the key of its first step (None: empty program)."""

    first_key: str | None
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]


def compile_tree(program: Program) -> Compiled:
    """Steps and moves of a tree; go-to nodes vanish into the moves that pass through them."""
    places = {node.key: node for node in program.walk()}
    steps = [
        Step(node.key, node.kind, node.label, position, node.settings)
        for position, node in enumerate(program.walk())
        if node.kind is not NodeKind.GO_TO
    ]
    moves = tuple(_moves(program.nodes, None, places))
    return Compiled(_entry(program.nodes, None, places), tuple(steps), moves)


def next_of(program: Program, key: str, way: str = NEXT) -> str | None:
    """The key of the step that follows `key` by `way`, `otherwise` standing in for a missing way.

    None when the program ends there. KeyError for a key the program does not have.
    """
    if program.find(key) is None:
        raise KeyError(f"The program has no step {key!r}.")
    ways = {move.way: move.next_key for move in compile_tree(program).moves if move.key == key}
    return ways.get(way, ways.get(OTHERWISE))


def ways_of(node: Node) -> list[str]:
    """The ways a node takes, in the order in which they are tried or shown."""
    if node.kind.ends or node.kind is NodeKind.GO_TO:
        return []
    if not node.kind.parts:
        return [NEXT]
    expected = {
        NodeKind.WAIT_FOR: [HAPPENED, TIMED_OUT],
        NodeKind.HUMAN: [*_texts(node.settings.get("dispositions")), TIMED_OUT],
        NodeKind.BRANCH: [*_when(node), OTHERWISE],
        NodeKind.SPLIT: [*shares_of(node.settings)],
        NodeKind.STREAM: [*_when(node), NEXT, EXHAUSTED],
    }[node.kind]
    extra = [way for way in node.ways if way not in expected]
    return [way for way in expected if way in node.ways] + extra


def _moves(nodes: Sequence[Node], after: str | None, places: Mapping[str, Node]) -> Iterator[Move]:
    for place, node in enumerate(nodes):
        onward = _entry(nodes[place + 1 :], after, places)
        for rank, way in enumerate(ways_of(node)):
            inside = node.ways.get(way, ())
            target = _entry(inside, onward, places)
            when = _when(node).get(way)
            yield Move(node.key, node.kind, way, target, _delay(node, way), rank, when)
        for way in node.ways:
            yield from _moves(node.ways[way], onward, places)


def _entry(nodes: Sequence[Node], after: str | None, places: Mapping[str, Node]) -> str | None:
    """The step a list of nodes is entered by, going through go-to nodes; None for nowhere."""
    key = nodes[0].key if nodes else after
    seen: set[str] = set()
    while key is not None and key in places and places[key].kind is NodeKind.GO_TO:
        if key in seen:
            return None
        seen.add(key)
        key = str(places[key].settings.get("to", ""))
    return key if key in places else None


def _delay(node: Node, way: str) -> int | None:
    if node.kind is NodeKind.WAIT:
        return span_seconds(node.settings)
    if node.kind in (NodeKind.HUMAN, NodeKind.WAIT_FOR):
        limit = node.settings.get("time_out")
        return span_seconds(limit) if way == TIMED_OUT and isinstance(limit, Mapping) else None
    return 0


def _when(node: Node) -> Mapping[str, Any]:
    """The clauses by way. `order` says which is tried first: a JSON object kept has no order."""
    when = node.settings.get("when", {})
    if not isinstance(when, Mapping):
        return {}
    first = [way for way in _texts(node.settings.get("order")) if way in when]
    return {way: when[way] for way in [*first, *when]}


def _texts(raw: object) -> list[str]:
    return [str(one) for one in raw] if isinstance(raw, list | tuple) else []
