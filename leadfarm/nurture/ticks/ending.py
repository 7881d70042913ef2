"""Goals and exits: the enrolment ends, the lead has its next step in the same statement."""

from datetime import datetime, timedelta
from typing import Any

from leadfarm.nurture.clauses import asked
from leadfarm.nurture.statements import fill, run, text
from leadfarm.nurture.ticks.plans import Round, Step
from leadfarm.rules.business_time import due
from leadfarm.rules.codes import Disposition, Side, TaskKind, TouchKind
from leadfarm.rules.programs import NodeKind

LATER_DAYS = 45
GOAL_REACHED = "The goal of the program is reached"
TWO_WAY = [int(kind) for kind in TouchKind if kind.counts_as_two_way]
CONNECTED = [int(disposition) for disposition in Disposition if disposition.connected]


def ends(plan: Round) -> int:
    """End whoever stands at a goal or an exit; return how many."""
    steps = plan.of_kind(NodeKind.GOAL, NodeKind.EXIT)
    if not steps:
        return 0
    values = plan.values(steps, waiting=False)
    return _end(plan, steps, values, only="")


def goals_reached(plan: Round) -> int:
    """End whoever is due anywhere in a tree whose own goal their lead has reached."""
    total = 0
    for version_id, clause in plan.goals:
        mine = [step for step in plan.steps if step.version_id == version_id]
        steps = [step for step in mine if step.id in plan.due]
        if not steps:
            continue
        condition, params = asked(clause, plan.workspace, plan.now, prefix="goal")
        only = (
            "AND EXISTS (SELECT FROM leads_standing standing"
            " WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = lead.id"
            f" AND {condition})"
        )
        for waiting in (False, True):
            values = plan.values(steps, waiting=waiting) | params
            total += _end(plan, steps, values, only=only, everywhere=True)
    return total


def strays(plan: Round) -> int:
    """Bring back leads whose next step points to a program they have left; return how many."""
    found = run(plan.workspace.id, text("stray"), {"now": plan.now, "leads": None})
    return int(found[0][0])


def _end(
    plan: Round, steps: list[Step], values: dict[str, Any], *, only: str, everywhere: bool = False
) -> int:
    followed = [_followed(plan, step, everywhere) for step in steps]
    values = values | {
        "of_nodes": [step.id for step in steps],
        "goals": [everywhere or step.kind is NodeKind.GOAL for step in steps],
        "ways": ["goal" if everywhere else step.kind.slug for step in steps],
        "task_kinds": [int(kind) if kind else None for kind, _side, _why, _at in followed],
        "sides": [int(side) for _kind, side, _why, _at in followed],
        "whys": [why[:200] for _kind, _side, why, _at in followed],
        "next_ats": [at for _kind, _side, _why, at in followed],
        "two_way": TWO_WAY,
        "connected": CONNECTED,
    }
    ended, elsewhere = run(plan.workspace.id, fill(text("ending"), only=only), values)[0]
    if elsewhere:
        # Two programs left at once may each have handed the lead to the other.
        run(plan.workspace.id, text("stray"), {"now": plan.now, "leads": elsewhere})
    return int(ended)


def _followed(
    plan: Round, step: Step, everywhere: bool
) -> tuple[TaskKind | None, Side, str, datetime]:
    """What the lead's next step is after this end: a task, or a date on which it comes again."""
    settings = {} if everywhere else step.settings
    goal = everywhere or step.kind is NodeKind.GOAL
    then = str(settings.get("then", "qualify" if goal else "review"))
    why = str(settings.get("reason", "")) or GOAL_REACHED
    if then == "later":
        at = plan.now + timedelta(days=float(settings.get("days", LATER_DAYS)))
        return None, Side.read(str(settings.get("side", ""))) or Side.MARKETING, why, at
    kind = TaskKind.read(then) or TaskKind.REVIEW
    side = Side.read(str(settings.get("side", ""))) or Side.PD
    return kind, side, why, due(plan.now, kind.due_hours, plan.hours)
