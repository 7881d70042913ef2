"""Whoever is on an older version of a program goes on in the newest, step by step, or stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import LIVE, Enrolment, Node, Program, ProgramVersion
from leadfarm.nurture.statements import run, text
from leadfarm.rules.programs import NodeKind, compile_tree
from leadfarm.rules.programs import Program as Tree


@dataclass(frozen=True)
class Stop:
    """Leads at one step of one older version; `to` is the same step in the newer tree, or ""."""

    node_id: int
    key: str
    kind: NodeKind
    label: str
    version: int
    count: int
    to: str

    def stays(self, to: str, kind: NodeKind) -> bool:
        """Say whether everything is kept at a step: it is the same one, or both are plain waits."""
        waits = self.kind is kind is NodeKind.WAIT
        return waits or (to == self.key and kind is self.kind)


def stops(program: Program, tree: Tree, newest: int | None = None) -> list[Stop]:
    """Return where leads stand in versions other than the newest, in reading order."""
    return _behind(program, newest, {step.key for step in compile_tree(tree).steps})


def _behind(program: Program, newest: int | None, steps: set[str]) -> list[Stop]:
    here = Enrolment.objects.of(program.workspace_id).filter(program_id=program.id, state__in=LIVE)
    told = ("node_id", "node__key", "node__kind", "node__label", "version__number")
    rows = here.exclude(version_id=newest or 0).values_list(*told).annotate(n=Count("*"))
    return [
        Stop(node, key, NodeKind(kind), label, version, count, key if key in steps else "")
        for node, key, kind, label, version, count in rows.order_by(
            "-version__number", "node__position"
        )
    ]


def move_on(
    program: Program, version: ProgramVersion, choices: Mapping[str, str], *, now: datetime
) -> int:
    """Let everybody on older versions go on in this one; return how many did.

    `choices` says by key at which step those go on whose own is gone. One that is not said, or not
    there, raises LeadfarmError, and nobody is moved.
    """
    mine = Node.objects.of(program.workspace_id).filter(version_id=version.id)
    nodes = {node.key: (node.id, NodeKind(node.kind)) for node in mine}
    rows = []
    for stop in _behind(program, version.id, set(nodes)):
        to = stop.to or choices.get(stop.key, "")
        if to not in nodes:
            what = f"Choose where the leads at “{stop.label}” go on: it is not in the new version."
            raise LeadfarmError(what)
        node_id, kind = nodes[to]
        rows.append((stop.node_id, node_id, stop.stays(to, kind)))
    values = {
        "now": now,
        "program": program.id,
        "name": program.name,
        "version": version.id,
        "from_nodes": [row[0] for row in rows],
        "to_nodes": [row[1] for row in rows],
        "stays": [row[2] for row in rows],
    }
    return int(run(program.workspace_id, text("move_on"), values)[0][0]) if rows else 0
