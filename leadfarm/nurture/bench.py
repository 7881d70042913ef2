"""`bench advance`: enrolments moved by one message step, against the bare statements.

Run it as the worker, in a database of its own: it leaves two made-up workspaces behind.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, connections, transaction

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.nurture.actions.publishing import publish
from leadfarm.nurture.actions.running import make_program
from leadfarm.nurture.models import Program
from leadfarm.nurture.statements import run, text
from leadfarm.nurture.ticks.plans import Round, round_of
from leadfarm.nurture.ticks.sending import messages
from leadfarm.outreach.actions.templates import make_template
from leadfarm.outreach.actions.templates import publish as publish_template
from leadfarm.rules.programs import NodeKind

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
BODY = '<p>Hello.</p><p>{{ postal_address }} <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>'
TREE: dict[str, Any] = {
    "goal": None,
    "nodes": [
        {"key": "message", "kind": "message", "label": "Message", "template": "Bench"},
        {"key": "out", "kind": "exit", "label": "Out", "reason": "Done"},
    ],
}
LISTENING: dict[str, Any] = {
    "goal": None,
    "nodes": [
        {
            "key": "listen",
            "kind": "wait_for",
            "label": "Listen",
            "event": "click",
            "time_out": {"days": 9},
            "ways": {"happened": [], "timed-out": []},
        },
        {"key": "out", "kind": "exit", "label": "Out", "reason": "Done"},
    ],
}
IN_ORDER = """
CREATE TEMP TABLE bench_due ON COMMIT PRESERVE ROWS AS
SELECT id, lead_id, contact_id, node_id, row_number() OVER (ORDER BY wake_at) AS place
  FROM nurture_enrolment WHERE workspace_id = %(workspace)s
"""


def advance(count: int, batch: int = 20_000) -> dict[str, Any]:
    """Move `count` enrolments by one message step; return the figures of DESIGN 12."""
    engine, floor = _workspace(count), _workspace(count)
    floor_seconds, floor_moved = _bare(floor, count, batch)
    seconds, moved, cpu = _moved(engine, batch)
    assert moved == floor_moved == count, (moved, floor_moved)
    return {
        "bench": "advance",
        "n": count,
        "seconds": round(seconds, 3),
        "per_second": round(count / seconds),
        "cpu_seconds": round(cpu, 3),
        "floor_seconds": round(floor_seconds, 3),
        "ratio": round(seconds / floor_seconds, 3),
        "goal": "ratio <= 1.3, >= 25,000/s",
    }


def _workspace(count: int) -> Workspace:
    """Return a workspace with so many enrolments before a message, and fresh statistics."""
    slug = f"bench-{secrets.token_hex(4)}"
    workspace = Workspace.objects.create(slug=slug, name=slug, created_at=NOW, went_live_at=NOW)
    with within(workspace):
        template = make_template(workspace, "Bench", now=NOW, subject="Hello", body=BODY)
        publish_template(template, by=SCHEDULE, now=NOW)
        program = make_program(workspace.id, "Bench", now=NOW, draft=TREE)
        publish(program, by=SCHEDULE, now=NOW)
    _fill(program, count, NodeKind.MESSAGE, NOW)
    return workspace


def listening(count: int, now: datetime) -> Workspace:
    """Return a workspace with so many enrolments that wait for a click from the next tick on."""
    slug = f"bench-{secrets.token_hex(4)}"
    workspace = Workspace.objects.create(slug=slug, name=slug, created_at=now, went_live_at=now)
    with within(workspace):
        program = make_program(workspace.id, "Bench", now=now, draft=LISTENING)
        publish(program, by=SCHEDULE, now=now)
    _fill(program, count, NodeKind.WAIT_FOR, now)
    return workspace


def _fill(program: Program, count: int, kind: NodeKind, now: datetime) -> None:
    workspace = program.workspace
    plan = round_of(workspace.id, now)
    (step,) = [step for step in plan.steps if step.kind is kind]
    told: dict[str, Any] = {"workspace": workspace.id, "now": now, "count": count}
    told |= {"program": program.id, "version": program.version_id, "node": step.id}
    with within(workspace), connection.cursor() as cursor:
        for name in ("bench_people", "bench_leads"):
            cursor.execute(text(name), told)
    # What autovacuum does within a minute of so many new rows; the worker owns no table.
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE leads_contact, leads_lead, leads_standing, nurture_enrolment")


def _moved(workspace: Workspace, batch: int) -> tuple[float, int, float]:
    plan = round_of(workspace.id, NOW, batch).looked_up()
    began, cpu, total = time.perf_counter(), time.process_time(), 0
    while looked_at := _once(plan):
        total += looked_at
    return time.perf_counter() - began, total, time.process_time() - cpu


def _once(plan: Round) -> int:
    return messages(plan).looked_at


def _bare(workspace: Workspace, count: int, batch: int) -> tuple[float, int]:
    plan = round_of(workspace.id, NOW)
    (step,) = [step for step in plan.steps if step.kind is NodeKind.MESSAGE]
    told = {"now": NOW, "free_at": NOW + timedelta(days=3), "key": step.key}
    told |= {"wording": step.template_version_id, "onward": step.onward}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IN_ORDER, {"workspace": workspace.id})
    began, moved = time.perf_counter(), 0
    for place in range(0, count, batch):
        window = {"from": place, "to": place + batch}
        moved += len(run(workspace.id, text("bench_floor"), told | window))
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_due")
    return seconds, moved
