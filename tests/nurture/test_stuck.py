"""A condition that cannot be asked any more stops nobody but who stands at it (S2-9).

A published tree never changes; the fields it speaks of can go with a newer release.
"""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from leadfarm.access.actors import Actor
from leadfarm.leads.models import Lead
from leadfarm.nurture import clauses
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.checks import CHECKS
from leadfarm.nurture.models import Enrolment
from leadfarm.nurture.ticks import enrol, sweep, tick
from leadfarm.rules.clauses import LEAD_FIELDS
from tests.world import World

GONE = {"all": [{"field": "job_title", "operator": "is_known"}]}


OUT: dict[str, Any] = {"key": "z", "kind": "exit", "label": "Out", "reason": "Over"}
WAYS: dict[str, Any] = {"known": [], "otherwise": []}
ASKS: dict[str, Any] = {"key": "b", "kind": "branch", "label": "Who are they", "ways": WAYS}


def started(world: World, name: str, *nodes: dict[str, Any]) -> Lead:
    draft = {"goal": None, "nodes": list(nodes)}
    program = make_program(world.workspace.id, name, now=world.now, draft=draft)
    publish(program, by=Actor.of(world.mei), now=world.now)
    lead = world.captures()
    enrol(program, [lead.id], world.now)
    return lead


def ended(lead: Lead) -> bool:
    return Enrolment.objects.of(lead.workspace_id).get(lead_id=lead.id).ended_at is not None


def test_who_comes_to_it_waits_and_everybody_else_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = ASKS | {"when": {"known": GONE}, "order": ["known"]}
    with world.inside():
        stands = started(world, "Asks for a title", asks, OUT)
        goes_on = started(world, "Asks nothing", OUT)
        fields = {n: one for n, one in LEAD_FIELDS.fields.items() if n != "job_title"}
        monkeypatch.setattr(clauses, "LEAD_FIELDS", replace(LEAD_FIELDS, fields=fields))
        tick(world.workspace.id, world.now)
        sweep(world.workspace.id, world.now)
        assert (ended(stands), ended(goes_on)) == (False, True)
        program = Enrolment.objects.of(world.workspace).get(lead_id=stands.id).program_id
    page = world.client(world.mei).get(world.address(f"programs/{program}/")).content.decode()
    assert "A condition cannot be asked any more." in page
    assert "Who are they: 1 lead waits there" in page
    with world.as_worker():
        [check] = [one for one in CHECKS if one.name.startswith("Every condition")]
        assert [line for line in check.find(connection) if f"of program {program}:" in line]
    monkeypatch.undo()
    with world.inside():
        tick(world.workspace.id, world.now)
        assert ended(stands)
