"""A tree as the builder draws it: nested steps with shapes, counts, faults and places to add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from leadfarm.nurture.events import EVENTS
from leadfarm.nurture.queries.counting import Traffic
from leadfarm.rules.codes import Disposition, Side, TaskKind
from leadfarm.rules.programs import Fault, Node, NodeKind, Program, outline
from leadfarm.rules.programs.flat import ways_of

LOOKS = {
    NodeKind.MESSAGE: ("", "mail", "sent"),
    NodeKind.WAIT: ("wait", "wait", ""),
    NodeKind.WAIT_FOR: ("wait", "bell", "went on"),
    NodeKind.HUMAN: ("human", "person", "done"),
    NodeKind.BRANCH: ("branch", "branch", "decided"),
    NodeKind.SPLIT: ("branch", "branch", "sent on"),
    NodeKind.STREAM: ("", "mail", "sent"),
    NodeKind.UPDATE: ("", "edit", "set"),
    NodeKind.GO_TO: ("back", "back", ""),
    NodeKind.GOAL: ("goal", "flag", "reached"),
    NodeKind.EXIT: ("back", "exit", "left"),
}
WAY_WORDS = {
    "happened": "It happens",
    "timed-out": "Time is up",
    "otherwise": "Anything else",
    "holdout": "Held out",
    "exhausted": "Nothing left they have not seen",
    "next": "As many as were to come",
}


@dataclass
class Drawing:
    """What a drawing of a tree needs besides the tree."""

    address: str
    traffic: Mapping[str, Traffic]
    faults: Sequence[Fault]
    selected: str = ""
    may_edit: bool = False
    lines: dict[str, str] = field(default_factory=dict)

    def draw(self, program: Program) -> list[dict[str, Any]]:
        """Return the steps of the tree, each with its ways."""
        self.lines = {line.node.key: line.detail for line in outline(program)}
        return self._steps(program.nodes)

    def door(self, who: str, program: Program) -> dict[str, Any]:
        """Return what stands above the first step: who comes in, and that there is a goal."""
        fault = next((fault.what for fault in self.faults if fault.where == "program"), "")
        return {
            "id": "node-program",
            "href": f"{self.address}?step=program#step",
            "kind": "start",
            "icon": "people",
            "kind_label": "Who comes in",
            "title": who,
            "rest": "Ends early at the goal" if program.goal else "",
            "fault": _short(fault),
            "current": self.selected == "program",
        }

    def _steps(self, nodes: Sequence[Node]) -> list[dict[str, Any]]:
        return [self._step(node) for node in nodes]

    def _step(self, node: Node) -> dict[str, Any]:
        kind, icon, verb = LOOKS[node.kind]
        traffic = self.traffic.get(node.key)
        fault = next((fault.what for fault in self.faults if fault.where == node.key), "")
        sends = node.kind in (NodeKind.MESSAGE, NodeKind.STREAM)
        done = (traffic.sent if sends else traffic.done) if traffic else 0
        add = f"{self.address}?{urlencode({'before': node.key})}#step" if self.may_edit else ""
        return {
            "id": f"node-{node.key}",
            "href": f"{self.address}?{urlencode({'step': node.key})}#step",
            "kind": kind,
            "icon": icon,
            "kind_label": kind_label(node),
            "title": node.label,
            "here": traffic.here if traffic and not node.kind.ends else None,
            "rest": f"{done:,} {verb}" if traffic and verb and done else "",
            "fault": _short(fault),
            "current": node.key == self.selected,
            "add": add,
            "add_label": f"Add a step before {node.label}",
            "ways": self._ways(node),
        }

    def _ways(self, node: Node) -> list[dict[str, Any]]:
        if not node.kind.parts:
            return []
        return [
            {
                "label": way_label(way),
                "share": self._share(node, way),
                "steps": self._steps(node.ways.get(way, ())),
            }
            for way in ways_of(node)
        ]

    def _share(self, node: Node, way: str) -> str:
        """Return the share of a way; one without steps of its own goes on below the fork."""
        traffic = self.traffic.get(node.key)
        share = traffic.share(way) if traffic else ""
        if node.ways.get(way):
            return share
        return f"{share}, goes on" if share else "goes on"


def places_for(program: Program, moved: Node) -> list[tuple[str, str]]:
    """Return where a step may be moved: what names each place, and how it is said."""
    own = {node.key for node in _below(moved)}
    found = []
    if program.nodes and program.nodes[0].key not in own:
        found.append((urlencode({"before": program.nodes[0].key}), "First of all"))
    for node in program.walk():
        if node.key in own:
            continue
        found.append((urlencode({"after": node.key}), f"After “{node.label}”"))
        for way in ways_of(node) if node.kind.parts else ():
            inside = node.ways.get(way, ())
            at = {"before": inside[0].key} if inside else {"into": node.key, "way": way}
            if not inside or inside[0].key not in own:
                named = f"First on the way “{way_label(way)}” of “{node.label}”"
                found.append((urlencode(at), named))
    return found


def _below(node: Node) -> Iterator[Node]:
    yield node
    for inside in node.ways.values():
        for each in inside:
            yield from _below(each)


def _short(what: str) -> str:
    return what if len(what) <= 60 else f"{what[:57]}…"


def kind_label(node: Node) -> str:
    """Return the small line above a step's name: who or what acts."""
    settings = node.settings
    if node.kind is NodeKind.HUMAN:
        side = Side.read(str(settings.get("side", "")))
        task = TaskKind.read(str(settings.get("task", "")))
        hours = settings.get("due_hours") or (task.due_hours if task else "")
        who = "Who did it before" if settings.get("same_person_as") else ""
        named = who or f"{side.label if side else 'Nobody'} owner"
        return f"{named}, {hours} h" if hours else named
    if node.kind is NodeKind.WAIT_FOR:
        event = EVENTS.get(str(settings.get("event", "")))
        return f"Wait for: {event.label.lower()}" if event else "Wait for"
    return node.kind.label


def way_label(way: str) -> str:
    """Return the way as people say it."""
    disposition = Disposition.read(way)
    if disposition is not None:
        return disposition.label.removeprefix("Connected – ").capitalize()
    return WAY_WORDS.get(way, way.replace("-", " ").capitalize())
