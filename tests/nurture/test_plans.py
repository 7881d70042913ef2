"""Statements that move thousands find each row by its key, also where nothing was analysed yet."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from leadfarm.access.actors import SCHEDULE
from leadfarm.nurture.actions.publishing import publish
from leadfarm.nurture.actions.running import make_program
from leadfarm.nurture.statements import text
from leadfarm.nurture.ticks.people import _task_arrays
from leadfarm.nurture.ticks.plans import round_of
from leadfarm.rules.programs import NodeKind
from tests.world import World

TREE: dict[str, Any] = {
    "goal": None,
    "nodes": [
        {
            "key": "call", "kind": "human", "label": "Call", "task": "call", "side": "pd",
            "time_out": {"days": 5}, "dispositions": ["help-now"],
            "ways": {"otherwise": [], "timed-out": []},
        },
        {"key": "out", "kind": "exit", "label": "Out", "reason": "Done"},
    ],
}  # fmt: skip
BIG = ("leads_standing", "leads_lead", "leads_task", "nurture_enrolment")


def repeated(plan: dict[str, Any], again: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the nodes that are run once for each row of another."""
    if again:
        yield plan
    for place, each in enumerate(plan.get("Plans", ())):
        loops = plan["Node Type"] == "Nested Loop" and place == 1
        inside = again and each.get("Parent Relationship") != "InitPlan"
        yield from repeated(each, loops or inside)


def loops(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the big tables read whole beside a set, row by row: as many looks as both have rows."""
    for each in plan.get("Plans", ()):
        yield from loops(each)
        big = each.get("Relation Name") in BIG and each.get("Index Cond", "").count("=") < 2
        if plan["Node Type"] == "Nested Loop" and "Join Filter" in plan and big:
            yield f"Loop over {each['Relation Name']} by {each.get('Index Cond', 'nothing')}"


def wide_looks(statement: str, values: dict[str, Any]) -> list[str]:
    """Return the scans of big tables that would read the whole workspace for each row."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        raw = cursor.fetchone()[0]
    (told,) = json.loads(raw) if isinstance(raw, str) else raw
    scans = [node for node in repeated(told["Plan"]) if node.get("Relation Name") in BIG]
    return [*loops(told["Plan"])] + [
        f"{node['Node Type']} of {node['Relation Name']} by {node.get('Index Cond', 'nothing')}"
        for node in scans
        if node.get("Index Cond", "").count("=") < 2
    ]


AFTER_THE_TASK = ["task_late", "tasks_late"]


@pytest.mark.parametrize("name", ["task_begin", "wait_over", *AFTER_THE_TASK])
def test_steps_of_people_find_their_rows_by_key(world: World, name: str):
    with world.as_worker(), world.inside(), connection.cursor() as cursor:
        program = make_program(world.workspace.id, "Plan", now=world.now, draft=TREE)
        publish(program, by=SCHEDULE, now=world.now)
        plan = round_of(world.workspace.id, world.now)
        (step,) = [step for step in plan.steps if step.kind is NodeKind.HUMAN]
        told = {"workspace": world.workspace.id, "now": world.now, "count": 1_500}
        told |= {"program": program.id, "version": program.version_id, "node": step.id}
        for filling in ("bench_people", "bench_leads"):
            cursor.execute(text(filling), told)
        values = {"workspace": world.workspace.id, "ids": list(range(1, 1_500))}
        values |= plan.values([step], waiting=name != "task_begin") | _task_arrays(plan, [step])
        if name in AFTER_THE_TASK:
            cursor.execute(text("task_begin"), values | {"waiting": False})
            values |= {"task_ids": list(range(1, 1_500))}
        assert wide_looks(text(name), values) == []
