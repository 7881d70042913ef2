"""The JSON of a tree taken apart and put together: places, fresh keys, copies with their branches.

Trees are changed in place; a key that is not there raises KeyError.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Raw = dict[str, Any]
# The settings by which a step names another one.
_NAMES = ("to", "same_person_as")


@dataclass(frozen=True)
class Place:
    """Where a step is put: before or after another, or at the end of a way; else, of the tree."""

    before: str = ""
    after: str = ""
    into: str = ""
    way: str = ""

    @property
    def beside(self) -> str:
        """The key of the step that the place hangs on; empty for the end of the tree."""
        return self.before or self.after or self.into


def lists_of(tree: Raw) -> Iterator[list[Raw]]:
    """Every list of nodes in the tree, its own first."""
    waiting: list[list[Raw]] = [tree.setdefault("nodes", [])]
    while waiting:
        nodes = waiting.pop()
        yield nodes
        waiting += [way for node in nodes for way in node.get("ways", {}).values()]


def keys_of(node: Raw) -> list[str]:
    """The keys of a node and of everything on its ways."""
    return [str(one.get("key")) for nodes in lists_of({"nodes": [node]}) for one in nodes]


def find(tree: Raw, key: str) -> tuple[list[Raw], int]:
    """The list a node stands in, and its place there."""
    for nodes in lists_of(tree):
        for place, node in enumerate(nodes):
            if node.get("key") == key:
                return nodes, place
    raise KeyError(key)


def nodes_on(tree: Raw, key: str, way: str) -> list[Raw]:
    """The nodes of a way, which is begun where it is not there; without a key, the tree's own."""
    if not key:
        return tree.setdefault("nodes", [])  # type: ignore[no-any-return]
    nodes, at = find(tree, key)
    return nodes[at].setdefault("ways", {}).setdefault(way, [])  # type: ignore[no-any-return]


def insert(tree: Raw, node: Raw, place: Place) -> None:
    """Put a node there."""
    if place.before or place.after:
        nodes, at = find(tree, place.before or place.after)
        nodes.insert(at if place.before else at + 1, node)
    else:
        nodes_on(tree, place.into, place.way).append(node)


def take(tree: Raw, key: str) -> Raw:
    """Take a node with everything on its ways out of the tree, and return it."""
    nodes, at = find(tree, key)
    return nodes.pop(at)


def fresh_key(kind: str, taken: set[str]) -> str:
    """A key for a step of this kind that no other has."""
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def copy_of(node: Raw, tree: Raw) -> Raw:
    """A copy for this tree with keys of its own; what led to a step inside leads to its copy."""
    taken = {str(one.get("key")) for nodes in lists_of(tree) for one in nodes}
    copy = deepcopy(node)
    inside = [one for nodes in lists_of({"nodes": [copy]}) for one in nodes]
    named: dict[str, str] = {}
    for one in inside:
        key = fresh_key(str(one.get("kind", "step"))[:40], taken)
        taken.add(key)
        named.setdefault(str(one.get("key")), key)
        one["key"] = key
    for one in inside:
        for name in _NAMES:
            if one.get(name) in named:
                one[name] = named[one[name]]
    return copy


def neighbour_of(tree: Raw, key: str) -> str:
    """The step to look at once this one is gone: the one after, before, or that parts; else ""."""
    nodes, at = find(tree, key)
    beside = nodes[at + 1 : at + 2] or nodes[max(at - 1, 0) : at]
    if beside:
        return str(beside[0].get("key"))
    above = (
        one for each in lists_of(tree) for one in each if nodes in one.get("ways", {}).values()
    )
    return str(next(above, {}).get("key", ""))
