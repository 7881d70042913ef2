"""The nodes of a program and how they are read from JSON, with every fault of form at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadfarm.rules.coded import Code

NEXT = "next"
TIMED_OUT = "timed-out"
HAPPENED = "happened"
OTHERWISE = "otherwise"
# The way of those who get nothing, so that what the others got can be valued.
HOLDOUT = "holdout"
EXHAUSTED = "exhausted"


class NodeKind(Code):
    """One row: number, label, whether it parts into ways, whether it ends the program."""

    MESSAGE = 1, "Message", False, False
    WAIT = 2, "Wait", False, False
    WAIT_FOR = 3, "Wait for", True, False
    HUMAN = 4, "Human step", True, False
    BRANCH = 5, "Branch", True, False
    UPDATE = 6, "Update", False, False
    GO_TO = 7, "Go to", False, False
    GOAL = 8, "Goal", False, True
    EXIT = 9, "Exit", False, True
    SPLIT = 10, "Split", True, False
    STREAM = 11, "Stream", True, False

    parts: bool
    ends: bool


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the key of the node (or "program"), what is wrong, what to do."""

    where: str
    what: str
    what_to_do: str


@dataclass(frozen=True)
class Node:
    """One node; `settings` holds what only its kind knows."""

    key: str
    kind: NodeKind
    label: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    ways: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Program:
    """A whole tree.

    `goal` are clauses that end it for a lead wherever it stands, `entry` those by which leads come
    in by themselves; None for none. `audience` says which leads it may take; empty: open ones.
    """

    name: str
    goal: Any
    nodes: tuple[Node, ...]
    entry: Any = None
    audience: str = ""

    def walk(self) -> Iterator[Node]:
        """Every node, in reading order."""
        yield from _walk(self.nodes)

    def find(self, key: str) -> Node | None:
        """The node of this key; None when there is none."""
        return next((node for node in self.walk() if node.key == key), None)


def parse(raw: object) -> tuple[Program, list[Fault]]:
    """The program in this JSON, without the nodes that cannot be read, and why they cannot."""
    faults: list[Fault] = []
    if not isinstance(raw, Mapping):
        faults.append(Fault("program", "This is not a program.", "Give an object with nodes."))
        return Program("", None, ()), faults
    nodes = _read_nodes(raw.get("nodes", []), "program", faults)
    named = str(raw.get("name", ""))
    audience = str(raw.get("audience") or "")
    return Program(named, raw.get("goal"), nodes, raw.get("entry"), audience), faults


_COMMON = frozenset({"key", "kind", "label", "ways"})


def _read_nodes(raw: object, where: str, faults: list[Fault]) -> tuple[Node, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        faults.append(Fault(where, "Its nodes are not a list.", "Give a list of nodes."))
        return ()
    nodes = (_read_node(one, f"{where}, node {n}", faults) for n, one in enumerate(raw, 1))
    return tuple(node for node in nodes if node is not None)


def _read_node(raw: object, where: str, faults: list[Fault]) -> Node | None:
    if not isinstance(raw, Mapping):
        faults.append(Fault(where, "This is not a node.", "Give an object with key and kind."))
        return None
    key, kind = raw.get("key"), NodeKind.read(str(raw.get("kind", "")))
    if not isinstance(key, str) or not key.strip():
        faults.append(Fault(where, "The node has no key.", "Give it a key that no other has."))
        return None
    if kind is None:
        known = ", ".join(NodeKind.slugs())
        faults.append(
            Fault(
                key,
                f"Step '{raw.get('label') or key}': no kind of step is called {raw.get('kind')!r}.",
                f"Use {known}.",
            )
        )
        return None
    ways = raw.get("ways", {})
    if not isinstance(ways, Mapping):
        faults.append(Fault(key, "Its ways are not an object.", "Give each way its list of nodes."))
        ways = {}
    read = {str(way): _read_nodes(sub, f"{key}, {way}", faults) for way, sub in ways.items()}
    settings = {name: value for name, value in raw.items() if name not in _COMMON}
    return Node(key, kind, str(raw.get("label") or kind.label), settings, read)


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for sub in node.ways.values():
            yield from _walk(sub)
