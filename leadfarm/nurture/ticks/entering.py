"""How leads come into programs: by an event, on a date, by a clause, by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from leadfarm.access.walls import within
from leadfarm.leads.models import Standing
from leadfarm.nurture.clauses import asked, can_be_asked
from leadfarm.nurture.models import Node, Program, ProgramState, ProgramVersion, Way
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round
from leadfarm.rules.codes import Disposition, NextKind, Origin, Side, TaskKind
from leadfarm.rules.programs import Audience, NodeKind, audience_of
from leadfarm.rules.stages import Stage

LET_IN = "lead.id = ANY(%(leads)s::bigint[])"
# Nothing but a review date stands in the way: whoever has a task of a person's is left alone.
FREE = "standing.next_kind = 3"
# A call agreed on for a day far off is not being worked: until then a program looks after the lead,
# beside the task, which stays with its person.
AGREED_FOR_LATER = f"""standing.next_kind = 1 AND EXISTS (
    SELECT FROM leads_task agreed WHERE agreed.workspace_id = %(workspace)s
       AND agreed.id = standing.task_id AND agreed.kind = {int(TaskKind.CHECK_IN)}
       AND agreed.enrolment_id IS NULL AND agreed.due_at > %(now)s + interval '14 days')"""
_OPEN = "standing.stage <= 3"
# Two leads that were joined are one pursuit: the one that rests stays so.
_ASLEEP = "standing.stage IN (11, 12) AND standing.closed_because <> 'joined'"
STAGES = {
    Audience.OPEN: _OPEN,
    Audience.CUSTOMERS: "standing.stage IN (7, 8)",
    Audience.ASLEEP: f"({_ASLEEP})",
    Audience.OPEN_OR_ASLEEP: f"({_OPEN} OR {_ASLEEP})",
}
# Who has no next step, as customers and sleepers have none, has nothing that stands in the way.
IDLE = f"(standing.next_kind IS NULL OR {FREE} OR {AGREED_FOR_LATER})"
NOT_READY = f"""{FREE} AND lead.origin = {int(Origin.CAPTURED)}
  AND (standing.stage = 2 AND earlier.cycle IS NULL
       OR standing.stage = 3 AND standing.next_side = 1
          AND (earlier.cycle IS NULL OR standing.next_at <= %(now)s))"""
DUE_AGAIN = f"""{FREE} AND lead.id IN (
    SELECT lead_id FROM leads_standing late
     WHERE late.workspace_id = %(workspace)s AND late.next_kind = 3 AND late.next_side = 1
       AND late.stage = 3 AND late.next_at <= %(now)s
     ORDER BY late.next_at LIMIT %(batch)s)"""  # noqa: S608
MAY_RETURN = """(earlier.cycle IS NULL OR %(reentry)s::int IS NOT NULL
  AND earlier.ended_at <= %(now)s - make_interval(days => %(reentry)s::int))"""


def enrol(program: Program, lead_ids: Sequence[int], now: datetime) -> int:
    """Let these leads into the program by hand and return how many entered.

    Left out are leads already in it, and leads that are delivered, won or asleep.
    """
    return _enrol(program, now, LET_IN, {"leads": list(lead_ids)})


@dataclass(frozen=True)
class MayEnter:
    """Of so many leads, how many are in the program already, and how many are beyond nurture."""

    all: int
    inside: int
    beyond: int

    @property
    def free(self) -> int:
        """Return how many can enter."""
        return self.all - self.inside - self.beyond


def may_enter(program: Program, who: str, values: dict[str, Any]) -> MayEnter:
    """Return how many of the leads under this condition (over lead, standing) can enter."""
    told = values | {"program": program.id}
    statement = fill(text("may_enter"), who=who, stages=stages_of(program))
    return MayEnter(*run(program.workspace_id, statement, told)[0])


def enrol_those(program: Program, now: datetime, who: str, values: dict[str, Any]) -> int:
    """Let everybody under this condition in, by one statement; return how many entered."""
    return _enrol(program, now, who, values)


def take_back(program: Program, entered_at: datetime, now: datetime) -> int:
    """Take out whoever entered at this very instant; return how many."""
    told = {"program": program.id, "name": program.name, "at": entered_at, "now": now}
    return int(run(program.workspace_id, text("take_back"), told)[0][0])


def arrivals(plan: Round) -> int:
    """Ask every program about the leads something happened to; return how many entered one."""
    with within(plan.workspace.id):
        found = run(plan.workspace.id, text("arrivals"), {"batch": plan.batch})
        leads = [lead_id for (lead_id,) in found]
        return sum(_take(plan, program, leads) for program in _open(plan)) if leads else 0


def due_again(plan: Round) -> int:
    """Take back the leads in nurture whose review date has come."""
    late = Standing.objects.of(plan.workspace).filter(
        next_kind=NextKind.REVIEW, next_side=Side.MARKETING, stage=Stage.NURTURING
    )
    if not late.filter(next_at__lte=plan.now).exists():
        return 0
    program = next((each for each in _open(plan) if each.takes_not_ready), None)
    if program is None:
        return 0
    return _enrol(program, plan.now, DUE_AGAIN, {"batch": plan.batch})


def by_clause(plan: Round) -> int:
    """Let in everybody who meets a program's entry clause; return how many entered."""
    return sum(_by_clause(plan, each) for each in _open(plan) if each.entry)


def _open(plan: Round) -> list[Program]:
    active = Program.objects.of(plan.workspace).filter(state=ProgramState.ACTIVE)
    return list(active.order_by("priority", "id"))


def _take(plan: Round, program: Program, leads: list[int]) -> int:
    if program.takes_not_ready:
        return _enrol(program, plan.now, f"{LET_IN} AND {NOT_READY}", {"leads": leads})
    if not program.entry:
        return 0
    return _by_clause(plan, program, f"{LET_IN} AND ", {"leads": leads})


def _by_clause(
    plan: Round, program: Program, narrowed: str = "", values: dict[str, Any] | None = None
) -> int:
    if not can_be_asked(program.entry):
        return 0
    condition, params = asked(program.entry, plan.workspace, plan.now, prefix="entry")
    who = f"{narrowed}{IDLE} AND {MAY_RETURN} AND {condition}"
    more = {"reentry": program.reentry_days, **params, **(values or {})}
    return _enrol(program, plan.now, who, more)


def _enrol(program: Program, now: datetime, who: str, values: dict[str, Any]) -> int:
    if program.version_id is None:
        return 0
    places = starts(program.workspace_id, program.version_id)
    told = {"program": program.id, "version": program.version_id, "name": program.name, "now": now}
    statement = fill(text("enrol"), who=who, stages=stages_of(program))
    rows = run(program.workspace_id, statement, told | places | values)
    return int(rows[0][0])


def stages_of(program: Program) -> str:
    """Return the condition on `standing` that says which leads the program may take."""
    return STAGES[audience(program)]


def audience(program: Program) -> Audience:
    """Return which leads the version in force is for."""
    if program.version_id is None:
        return Audience.OPEN
    return _audience(program.workspace_id, program.version_id)


@lru_cache(maxsize=2_000)
def _audience(workspace_id: int, version_id: int) -> Audience:
    version = ProgramVersion.objects.of(workspace_id).get(id=version_id)
    return audience_of(version.tree.get("audience")) or Audience.OPEN


@lru_cache(maxsize=2_000)
def starts(workspace_id: int, version_id: int) -> dict[str, int]:
    """Return the node to begin at: at first; when somebody said "not now" already; when back.

    Who was greeted goes where "not now" leads from the first human step. Who comes back, goes to
    the last human step: nobody is sent the same piece twice. A version never changes: read once.
    """
    nodes = Node.objects.of(workspace_id).filter(version_id=version_id)
    order = list(nodes.order_by("position"))
    version = ProgramVersion.objects.of(workspace_id).get(id=version_id)
    first = next(node.id for node in order if node.key == version.first_key)
    people = [node for node in order if node.kind == NodeKind.HUMAN]
    if not people or version.tree.get("begins_at") == "first":
        return {"first": first, "nurturing": first, "returning": first}
    ways = Way.objects.of(workspace_id).filter(node=people[0])
    found = {way.way: way.to_id for way in ways}
    said = found.get(Disposition.NOT_NOW.slug, found.get("otherwise", first))
    begins = said if people[0].id == first else first
    return {"first": first, "nurturing": begins, "returning": people[-1].id}
