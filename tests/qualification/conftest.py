"""An agreement in force, and leads that meet it or do not."""

from datetime import timedelta

import pytest

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Fact, learn, record_touch
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import draft, propose, sign
from leadfarm.qualification.models import Definition
from leadfarm.rules.agreement import Promises
from leadfarm.rules.clauses import Clause, FieldTest, all_of
from leadfarm.rules.codes import Disposition, FindingSection, TouchKind
from tests.world import World

BUDGET_KNOWN = all_of(FieldTest("budget", "is_known"))


def agree(world: World, criteria: Clause = BUDGET_KNOWN) -> Definition:
    """Let both sides sign a definition; return it as it is in force."""
    made = draft(world.workspace.id, criteria, Promises(), by=world.mei, now=world.now)
    propose(made, by=world.mei, now=world.now)
    sign(made, by=world.mei, now=world.now)
    sign(made, by=world.tomas, now=world.now)
    made.refresh_from_db()
    return made


def ready_lead(world: World, name: str = "Vera Lind") -> Lead:
    """Return a lead that meets the definition: a need, a talk, a budget."""
    lead = world.captures(name, need="Quieter drives")
    talk(world, lead)
    fact = Fact(FindingSection.BUDGET, "180 thousand")
    learn(lead, fact, by=Actor.of(world.ana), now=world.now)
    return lead


def talk(world: World, lead: Lead, *, minutes: int = 0, by: str = "ana") -> None:
    """Let somebody of ours speak with the contact, who wants help now."""
    at = world.now + timedelta(minutes=minutes)
    record_touch(
        lead,
        TouchKind.CALL,
        happened_at=at,
        now=at,
        actor=Actor.of(getattr(world, by)),
        disposition=Disposition.HELP_NOW,
    )


@pytest.fixture
def agreed(inside: World) -> World:
    """Return the workspace with a definition in force, entered."""
    agree(inside)
    return inside
