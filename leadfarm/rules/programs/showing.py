"""A tree as people read it: an outline with depth and ways, and what two versions differ in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadfarm.rules.codes import Side, TaskKind
from leadfarm.rules.programs.flat import ways_of
from leadfarm.rules.programs.splitting import shares_of
from leadfarm.rules.programs.streams import most_of, pace_of
from leadfarm.rules.programs.tree import Node, NodeKind, Program
from leadfarm.rules.programs.waits import in_words


@dataclass(frozen=True)
class Line:
    """One line of the outline: how deep, by which way it is entered ("" for none), and the node."""

    depth: int
    way: str
    node: Node
    detail: str
    is_last: bool


def outline(program: Program) -> list[Line]:
    """The tree flattened for display, in reading order."""
    return list(_lines(program.nodes, 0, ""))


def in_short(node: Node) -> str:
    """What the node does, in a few words."""
    settings = node.settings
    if node.kind is NodeKind.WAIT:
        return in_words(settings)
    if node.kind is NodeKind.MESSAGE:
        return str(settings.get("template", ""))
    if node.kind is NodeKind.WAIT_FOR:
        return f"{settings.get('event', '')}, at most {in_words(settings.get('time_out') or {})}"
    if node.kind is NodeKind.HUMAN:
        task = TaskKind.read(str(settings.get("task", "")))
        side = Side.read(str(settings.get("side", "")))
        return f"{task.label if task else 'Task'}, {side.label if side else 'nobody'}"
    if node.kind is NodeKind.SPLIT:
        return ", ".join(f"{share} % {way}" for way, share in shares_of(settings).items())
    if node.kind is NodeKind.STREAM:
        return _of_stream(settings)
    if node.kind is NodeKind.GO_TO:
        return str(settings.get("to", ""))
    return str(settings.get("reason", ""))


def _of_stream(settings: Mapping[str, Any]) -> str:
    pace, most = in_words(pace_of(settings)), most_of(settings)
    often = f"{pace.replace('until', 'every', 1)}" if pace.startswith("until") else f"every {pace}"
    return f"{settings.get('stream', '')}, {often}" + (f", {most} at most" if most else "")


def differences(before: Program, after: Program) -> list[str]:
    """What changed, one sentence a change; empty when the programs are the same."""
    old = {line.node.key: line for line in outline(before)}
    new = {line.node.key: line for line in outline(after)}
    said = [f"The program is now called '{after.name}'."] if before.name != after.name else []
    if before.goal != after.goal:
        said.append("The goal of the program changed.")
    if before.entry != after.entry:
        said.append("Who comes in by themselves changed.")
    said += [f"Step '{old[key].node.label}' was removed." for key in old if key not in new]
    for key, line in new.items():
        if key not in old:
            said.append(f"Step '{line.node.label}' was added.")
        else:
            said += _changes(old[key].node, line.node)
    if not said and [*old] != [*new]:
        said.append("The steps are in another order.")
    if not said and before != after:
        said.append("The ways between the steps changed.")
    return said


def _changes(old: Node, new: Node) -> Iterator[str]:
    name = f"Step '{new.label}'"
    if old.label != new.label:
        yield f"Step '{old.label}' is now called '{new.label}'."
    if old.kind is not new.kind:
        yield f"{name} is now a {new.kind.label.lower()}, not a {old.kind.label.lower()}."
        return
    if old.settings != new.settings:
        was, now = in_short(old), in_short(new)
        if was != now:
            yield f"{name}: {was} became {now}."
        else:
            names = sorted(
                name
                for name in {*old.settings, *new.settings}
                if old.settings.get(name) != new.settings.get(name)
            )
            yield f"{name}: {', '.join(names).replace('_', ' ')} changed."
    gone, fresh = set(old.ways) - set(new.ways), set(new.ways) - set(old.ways)
    yield from (f"{name} lost the way '{way}'." for way in sorted(gone))
    yield from (f"{name} has a new way '{way}'." for way in sorted(fresh))


def _lines(nodes: Sequence[Node], depth: int, way: str) -> Iterator[Line]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        yield Line(depth, way if place == 0 else "", node, in_short(node), last)
        for inside in ways_of(node):
            yield from _lines(node.ways.get(inside, ()), depth + 1, inside)
