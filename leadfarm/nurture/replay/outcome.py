"""What came of a replay: who got what and when, beside what they really got."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from leadfarm.nurture.models import Node
from leadfarm.nurture.replay.asking import Cast, Question
from leadfarm.nurture.replay.comparing import Comparison, compare
from leadfarm.nurture.replay.shadows import Shadows
from leadfarm.nurture.statements import run, text
from leadfarm.nurture.ticks.ending import GOAL_REACHED
from leadfarm.rules.codes import Disposition, TouchKind
from leadfarm.rules.consent import HeldBecause

OF_WINDOW = (HeldBecause.QUIET_WINDOW, HeldBecause.WEEKLY_CAP)
MADE_HERE = "task.id >= %(first)s"
# A task on record that the program made: at a step; after its end; or at a step, and left to its
# person when the lead was taken out of the program.
MADE_BY_IT = """task.attempt = 1 AND (
    task.enrolment_id = ANY(%(replayed)s::bigint[])
    OR task.enrolment_id IS NULL AND EXISTS (
      SELECT FROM {real}.nurture_enrolment place
        JOIN {real}.nurture_steplog log ON log.workspace_id = place.workspace_id
         AND log.enrolment_id = place.id AND log.at = task.made_at AND log.way IN ('goal', 'exit')
        JOIN {real}.nurture_node node ON node.workspace_id = place.workspace_id
         AND node.id = log.node_id
         AND task.why IN (left(node.settings ->> 'reason', 200), %(goal)s)
       WHERE place.workspace_id = %(workspace)s AND place.lead_id = task.lead_id
         AND place.id = ANY(%(replayed)s::bigint[]))
    OR task.enrolment_id IS NULL AND EXISTS (
      SELECT FROM {real}.nurture_enrolment place
        JOIN {real}.nurture_node node ON node.workspace_id = place.workspace_id AND node.kind = 4
         AND node.version_id = place.version_id AND node.label = task.why
       WHERE place.workspace_id = %(workspace)s AND place.lead_id = task.lead_id
         AND place.id = ANY(%(replayed)s::bigint[]) AND place.state IN (11, 12, 14, 15, 16, 17)
         AND task.made_at BETWEEN place.entered_at AND place.ended_at))"""


class Sent(NamedTuple):
    """One message or task: to which lead, when, of which step, what; a task also whose, due when.

    `about` is the number of the template, or of the kind of task.
    """

    kind: str
    lead_id: int
    enrolment_id: int | None
    at: datetime
    step: str
    what: str
    about: int
    owner_id: int | None
    side: int | None
    due_at: datetime


class Held(NamedTuple):
    """One touch held back: of which lead, when, why, and by whose touch before it."""

    lead_id: int
    at: datetime
    because: HeldBecause
    by: str


class Dry(NamedTuple):
    """A stream of the program: how many leads it ran dry for, from when to when; who is in it."""

    id: int
    name: str
    leads: int
    first_at: datetime | None
    last_at: datetime | None
    here: int


@dataclass(frozen=True)
class Outcome:
    """What the replay did in the period, what really was done, and how the two compare.

    `stopped_at`: how far the clock came, where it was stopped before the end.
    """

    question: Question
    chosen: int
    found: int
    sent: tuple[Sent, ...]
    really: tuple[Sent, ...]
    held: tuple[Held, ...]
    streams: tuple[Dry, ...]
    stopped_at: datetime | None
    compared: Comparison[Sent] = field(init=False)

    def __post_init__(self) -> None:
        """Compare."""
        until = self.stopped_at or self.question.until
        object.__setattr__(
            self,
            "compared",
            compare([one for one in self.really if one.at < until], self.sent),
        )

    def count(self, kind: str) -> int:
        """Return how many messages (mail) or tasks (task) the replay gave."""
        return sum(one.kind == kind for one in self.sent)

    def by_step(self) -> list[tuple[str, str, int, int]]:
        """Return for each step, in the order they first happened: kind, name, replayed, really."""
        names = list(dict.fromkeys((one.kind, one.step) for one in (*self.sent, *self.really)))
        replayed = Counter((one.kind, one.step) for one in self.sent)
        really = Counter((one.kind, one.step) for one in self.really)
        return [(*name, replayed[name], really[name]) for name in names]


def outcome_of(
    question: Question, cast: Cast, shadows: Shadows, stopped_at: datetime | None
) -> Outcome:
    """Read what lies in the shadows at the end, and what really happened, of the same leads."""
    mine = Node.objects.of(question.workspace).filter(version__program_id=question.program.id)
    nodes = mine.order_by("version_id", "-position")
    values = _values(question, cast, shadows, nodes)

    def ask(name: str, **parts: str) -> list[tuple[Any, ...]]:
        statement = text(name)
        for slot, part in {**parts, "real": shadows.schema}.items():
            statement = statement.replace(f"{{{slot}}}", part)
        return run(question.workspace.id, statement, values)

    names, ours = _names(nodes), MADE_BY_IT.replace("{real}", shadows.schema)
    return Outcome(
        question,
        cast.chosen,
        cast.found,
        tuple(_named(ask("replay_sent", at="pg_temp", ours=MADE_HERE), names)),
        tuple(_named(ask("replay_sent", at=shadows.schema, ours=ours), names)),
        tuple(_held(ask("replay_held"))),
        tuple(Dry(*row) for row in ask("replay_dry")),
        stopped_at,
    )


def _held(rows: Iterable[Sequence[Any]]) -> list[Held]:
    return [Held(lead, at, HeldBecause(because), by or "") for lead, at, because, by in rows]


def _names(nodes: Iterable[Node]) -> dict[str, str]:
    return {node.key: node.label for node in nodes}


def _values(
    question: Question, cast: Cast, shadows: Shadows, nodes: Iterable[Node]
) -> dict[str, Any]:
    return cast.values(question) | {
        "begin": question.begin,
        "first": shadows.first,
        "held_back": int(TouchKind.HELD_BACK),
        "call": int(TouchKind.CALL),
        "connected": [int(each) for each in Disposition if each.connected],
        "goal": GOAL_REACHED,
        "window": [int(each) for each in OF_WINDOW],
        "versions": sorted({node.version_id for node in nodes}),
    }


def _named(rows: Iterable[Sequence[Any]], names: dict[str, str]) -> list[Sent]:
    return [Sent._make((*row[:4], _step(row, names), *row[5:])) for row in rows]


def _step(row: Sequence[Any], names: dict[str, str]) -> str:
    """Return the name of the step: of a task what it says, of a message by the key in its own."""
    if row[0] == "task":
        return str(row[5])
    key = str(row[4]).split("@")[0].split("#")[0]
    return names.get(key) or next((names[one] for one in names if one.startswith(key)), key)
