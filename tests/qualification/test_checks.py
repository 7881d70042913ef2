"""`doctor` finds a broken agreement (law 4)."""

import pytest
from django.db import connection, connections, transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import deliver
from leadfarm.qualification.checks import CHECKS
from leadfarm.qualification.ticks import deliver_ready, workspaces_with_agreement
from leadfarm.rules.stages import Stage
from tests.qualification.conftest import agree, ready_lead
from tests.world import World

TABLES = (
    *("access_workspace", "leads_lead", "leads_standing", "leads_stagechange"),
    *("qualification_definition", "qualification_delivery", "qualification_signature"),
)
# What is forced past the triggers, and the check that must find it.
SPOIL = {
    "Every live lead": "UPDATE leads_standing SET stage = 5 WHERE workspace_id = %s",
    "Every change": "DELETE FROM qualification_delivery WHERE workspace_id = %s",
    "The criteria": 'UPDATE qualification_delivery SET criteria = \'{"truth": "met"}\''
    " WHERE workspace_id = %s",
    "Every definition": "DELETE FROM qualification_signature WHERE workspace_id = %s AND side = 3",
    "An imported": "WITH told AS (UPDATE leads_lead SET origin = 2 WHERE workspace_id = %s"
    " RETURNING id) UPDATE leads_standing SET stage = 6 FROM told WHERE lead_id = told.id",
}


def a_company(world: World, *, delivered: bool) -> Lead:
    """Return a lead of a company that keeps law 4."""
    with world.inside():
        agree(world)
        lead = ready_lead(world)
        if delivered:
            deliver(lead, by=Actor.of(world.ana), now=world.now)
    return lead


@pytest.mark.parametrize("beginning", SPOIL)
def test_law_4_doctor_finds_what_was_forced_past_the_triggers(world: World, beginning: str) -> None:
    check = next(check for check in CHECKS if check.name.startswith(beginning))
    a_company(world, delivered=beginning not in ("Every live lead", "An imported"))
    owner = connections["owner"]
    with transaction.atomic("owner"), owner.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        before = set(check.find(owner))
        cursor.execute(SPOIL[beginning], [world.workspace.id])
        found = set(check.find(owner)) - before
        transaction.set_rollback(True, "owner")
    assert len(found) == 1


def test_law_4_doctor_is_content_with_what_the_verbs_do(world: World) -> None:
    lead = a_company(world, delivered=True)
    with world.as_worker():
        found = [line for check in CHECKS for line in check.find(connection)]
    assert not [line for line in found if f"lead {lead.id} " in line or f"lead {lead.id}:" in line]


def test_the_worker_finds_who_has_agreed(world: World) -> None:
    lead = a_company(world, delivered=False)
    with world.as_worker():
        assert world.workspace.id in workspaces_with_agreement()
        assert deliver_ready(world.workspace.id, now=world.now) == 1
    with world.inside():
        assert world.standing(lead).stage == Stage.SALES_READY
