"""Live counts: who stands where, what was done, which ways were taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from leadfarm.nurture.models import (
    LIVE,
    Enrolment,
    EnrolmentState,
    Node,
    Program,
    ProgramVersion,
    StepLog,
)
from leadfarm.rules.programs import NEXT

# What the log says of a piece of a stream: the step is not left by it.
PIECE = "piece"


@dataclass(frozen=True)
class Traffic:
    """At one step: how many are here, and how many left by each way."""

    here: int
    ways: dict[str, int]

    @property
    def done(self) -> int:
        """Return how many have left the step."""
        return sum(count for way, count in self.ways.items() if way != PIECE)

    @property
    def sent(self) -> int:
        """Return how many messages the step has sent: those it had to leave out do not count."""
        return self.ways.get(PIECE, 0) + self.ways.get(NEXT, 0)

    def share(self, way: str) -> str:
        """Return the part of those who left that took this way, as "46 %"; "" for too few."""
        if self.done < 5:
            return f"{self.ways.get(way, 0)} of {self.done}" if self.done else ""
        return f"{round(100 * self.ways.get(way, 0) / self.done)} %"


@dataclass(frozen=True)
class Line:
    """A program in the list."""

    program: Program
    number: int | None
    since: datetime | None
    live: int
    finished: int
    goals: int

    @property
    def goal_rate(self) -> str:
        """Return the share of finished enrolments that reached the goal, or that it is too few."""
        if self.finished < 10:
            return "too few to tell"
        return f"{round(100 * self.goals / self.finished)} %"


def traffic_of(program: Program) -> dict[str, Traffic]:
    """Return the traffic at each step of the version in force, by the step's key."""
    if program.version_id is None:
        return {}
    of = program.workspace_id
    nodes = dict(Node.objects.of(of).filter(version_id=program.version_id).values_list("id", "key"))
    here = _by_node(
        Enrolment.objects.of(of).filter(node_id__in=nodes, state__in=LIVE).values_list("node_id")
    )
    left: dict[int, dict[str, int]] = {}
    steps = StepLog.objects.of(of).filter(node_id__in=nodes).values_list("node_id", "way")
    for node_id, way, count in steps.annotate(n=Count("*")).order_by():
        left.setdefault(node_id, {})[way] = count
    return {key: Traffic(here.get(id_, 0), left.get(id_, {})) for id_, key in nodes.items()}


def _by_node(rows: "object") -> dict[int, int]:
    return dict(rows.annotate(n=Count("*")).order_by())  # type: ignore[attr-defined]


def lines(workspace_id: int) -> list[Line]:
    """Return every program with its figures, drafts last."""
    counts = _finished(workspace_id)
    versions = {one.id: one for one in ProgramVersion.objects.of(workspace_id).defer("tree")}
    found = []
    for program in Program.objects.of(workspace_id).order_by("name"):
        row = counts.get(program.id, {"live": 0, "finished": 0, "goals": 0})
        version = versions.get(program.version_id or 0)
        number, since = (version.number, version.published_at) if version else (None, None)
        found.append(Line(program, number, since, row["live"], row["finished"], row["goals"]))
    return sorted(found, key=lambda line: line.number is None)


def _finished(workspace_id: int) -> dict[int, Any]:
    """Return how many are in, left, and reached the goal, by program."""
    rows = (
        Enrolment.objects.of(workspace_id)
        .values("program_id")
        .annotate(
            live=Count("id", filter=Q(state__in=LIVE)),
            finished=Count("id", filter=~Q(state__in=LIVE)),
            goals=Count("id", filter=Q(state=EnrolmentState.GOAL)),
        )
        .order_by()
    )
    return {row["program_id"]: row for row in rows}


def entered(program: Program) -> int:
    """Return how many leads have ever entered the version in force."""
    version = program.version_id or 0
    return Enrolment.objects.of(program.workspace_id).filter(version_id=version).count()
