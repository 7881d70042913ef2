"""The steps of the programs that run, as the statements want them: arrays by kind of step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.leads.actions.following import office_hours
from leadfarm.nurture.clauses import can_be_asked
from leadfarm.nurture.models import Node, Program, ProgramState, ProgramVersion, Way
from leadfarm.nurture.statements import run, text
from leadfarm.rules.business_time import BusinessHours
from leadfarm.rules.programs import NodeKind

BATCH = 5_000


@dataclass(frozen=True)
class Step:
    """A node of a published version; `to` are the node ids its ways lead to."""

    id: int
    version_id: int
    key: str
    kind: NodeKind
    label: str
    position: int
    settings: dict[str, Any]
    template_version_id: int | None
    template_id: int | None
    stream_id: int | None
    purpose: int
    ways: tuple[tuple[str, int, Any], ...]

    @property
    def is_stuck(self) -> bool:
        """Say whether a condition of its ways cannot be asked any more: nobody goes on from it."""
        return any(clause and not can_be_asked(clause) for _way, _to, clause in self.ways)

    @property
    def onward(self) -> int:
        """Return the node after a step that has one way."""
        return self.ways[0][1]


@dataclass(frozen=True)
class Round:
    """What one tick of a workspace knows: the time, its hours, and the steps of its programs."""

    workspace: Workspace
    now: datetime
    hours: BusinessHours
    steps: tuple[Step, ...]
    goals: tuple[tuple[int, Any], ...]
    batch: int = BATCH
    due: frozenset[int] = frozenset()

    def of_kind(self, *kinds: NodeKind) -> list[Step]:
        """Return the steps of these kinds at which somebody is due, but those that are stuck.

        Whoever stands at a stuck step waits there; everybody else goes on.
        """
        here = [step for step in self.steps if step.kind in kinds and step.id in self.due]
        return [step for step in here if not step.is_stuck]

    def looked_up(self) -> "Round":
        """Return the round with the steps at which somebody is due now."""
        nodes = {"nodes": [step.id for step in self.steps], "now": self.now}
        found = run(self.workspace.id, text("nodes_due"), nodes)
        return replace(self, due=frozenset(node_id for (node_id,) in found))

    def values(self, steps: Iterable[Step], *, waiting: bool) -> dict[str, Any]:
        """Return what the `due` part of every statement asks for."""
        return {
            "now": self.now,
            "batch": self.batch,
            "waiting": waiting,
            "nodes": [step.id for step in steps],
        }


def round_of(workspace_id: int, now: datetime, batch: int = BATCH) -> Round:
    """Read the steps of all versions that somebody may be on."""
    workspace = Workspace.objects.get(id=workspace_id)
    running = Program.objects.of(workspace_id).filter(state=ProgramState.ACTIVE)
    versions = ProgramVersion.objects.of(workspace_id).filter(program_id__in=running.values("id"))
    ids = sorted(versions.values_list("id", flat=True))
    steps = tuple(step for version in ids for step in steps_of(workspace_id, version))
    asked = (goal_of(workspace_id, version) for version in ids)
    goals = tuple(goal for goal in asked if goal[1] and can_be_asked(goal[1]))
    return Round(workspace, now, office_hours(workspace_id), steps, goals, batch)


@lru_cache(maxsize=2_000)
def goal_of(workspace_id: int, version_id: int) -> tuple[int, Any]:
    """Return the version's id with the clause that ends it anywhere, or None."""
    version = ProgramVersion.objects.of(workspace_id).get(id=version_id)
    return version_id, version.tree.get("goal")


@lru_cache(maxsize=2_000)
def steps_of(workspace_id: int, version_id: int) -> tuple[Step, ...]:
    """Return the steps of a version in reading order. A version never changes: read once."""
    ways: dict[int, list[tuple[str, int, Any]]] = {}
    mine = Way.objects.of(workspace_id).filter(node__version_id=version_id)
    for way in mine.order_by("node_id", "rank"):
        ways.setdefault(way.node_id, []).append((way.way, way.to_id, way.clause))
    nodes = Node.objects.of(workspace_id).filter(version_id=version_id).order_by("position")
    return tuple(
        Step(
            id=node.id,
            version_id=version_id,
            key=node.key,
            kind=NodeKind(node.kind),
            label=node.label,
            position=node.position,
            settings=node.settings,
            template_version_id=node.template_version_id,
            template_id=template.id if template else None,
            stream_id=node.stream_id,
            purpose=template.purpose if template else node.stream.purpose if node.stream else 0,
            ways=tuple(ways.get(node.id, ())),
        )
        for node in nodes.select_related("template_version__template", "stream")
        for template in [node.template_version and node.template_version.template]
    )


def today(plan: Round) -> datetime:
    """Return when this day began in the workspace's time zone."""
    local = plan.now.astimezone(plan.hours.zone)
    return local - timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
