"""Human steps: a task for the right person, the answer handed on, the time-out."""

from typing import Any

from leadfarm.nurture.statements import run, text
from leadfarm.nurture.ticks.plans import Round, Step, today
from leadfarm.rules.business_time import due
from leadfarm.rules.codes import Disposition, Side, TaskKind
from leadfarm.rules.programs import NodeKind, wait_ends

# Whoever gives out the day's share of a team does it alone, so that the cap holds.
ONE_AFTER_THE_OTHER = """
SELECT id FROM access_team WHERE workspace_id = %(workspace)s AND daily_cap IS NOT NULL
 ORDER BY id FOR NO KEY UPDATE
"""


def answers(plan: Round, lead_id: int | None = None) -> int:
    """Hand on the tasks that people have done, of one lead or of all; return how many."""
    values = {
        "lead": lead_id,
        "now": plan.now,
        "batch": plan.batch,
        "dispositions": [int(disposition) for disposition in Disposition],
        "ways": Disposition.slugs(),
    }
    return int(run(plan.workspace.id, text("task_done"), values)[0][0])


def tasks(plan: Round) -> int:
    """Make the tasks of the human steps just entered, and give up those nobody did in time."""
    steps = plan.of_kind(NodeKind.HUMAN)
    if not steps:
        return 0
    late = _late(plan, steps)
    values = plan.values(steps, waiting=False)
    if not run(plan.workspace.id, text("zones_due"), values):
        return late
    values |= _task_arrays(plan, steps)
    return late + int(run(plan.workspace.id, text("task_begin"), values, ONE_AFTER_THE_OTHER)[0][0])


def _task_arrays(plan: Round, steps: list[Step]) -> dict[str, Any]:
    kinds = [TaskKind.read(str(step.settings["task"])) or TaskKind.CALL for step in steps]
    sides = [Side.read(str(step.settings["side"])) or Side.PD for step in steps]
    hours = [step.settings.get("due_hours") or kind.due_hours for step, kind in _zip(steps, kinds)]
    due_ats = [due(plan.now, float(term), plan.hours) for term in hours]
    return {
        "today": today(plan),
        "of_nodes": [step.id for step in steps],
        "keys": [step.key for step in steps],
        "task_kinds": [int(kind) for kind in kinds],
        "sides": [int(side) for side in sides],
        "whys": [step.label[:200] for step in steps],
        "scripts": [str(step.settings.get("script", "")) for step in steps],
        "due_ats": due_ats,
        "time_outs": [
            wait_ends(step.settings["time_out"], at, plan.hours)
            for step, at in zip(steps, due_ats, strict=True)
        ],
        "same_as": [str(step.settings.get("same_person_as", "")) for step in steps],
        "follow_source": [bool(step.settings.get("side_may_follow_source")) for step in steps],
    }


def _zip(steps: list[Step], kinds: list[TaskKind]) -> list[tuple[Step, TaskKind]]:
    return list(zip(steps, kinds, strict=True))


def _late(plan: Round, steps: list[Step]) -> int:
    """Wait longer where the open task was put off; go on without an answer where it was not."""
    values = plan.values(steps, waiting=True)
    found = run(plan.workspace.id, text("tasks_late"), values)
    by_id = {step.id: step for step in steps}
    longer: dict[int, object] = {}
    over: dict[int, list[int]] = {}
    for enrolment_id, node_id, task_ids, due_at in found:
        limit = by_id[node_id].settings["time_out"]
        until = wait_ends(limit, due_at, plan.hours) if due_at else plan.now
        if until > plan.now:
            longer[enrolment_id] = until
        else:
            over[enrolment_id] = task_ids or []
    if longer:
        given = {"now": plan.now, "ids": list(longer), "wake_ats": list(longer.values())}
        run(plan.workspace.id, text("task_given_time"), given)
    if not over:
        return 0
    tasks = [task_id for task_ids in over.values() for task_id in task_ids]
    ended = {"now": plan.now, "ids": list(over), "task_ids": tasks}
    return int(run(plan.workspace.id, text("task_late"), ended)[0][0])
