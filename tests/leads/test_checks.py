"""`doctor` finds what breaks laws 1, 2, 3 and 5 in the record, by id, and nothing on sound data."""

from collections.abc import Callable

import pytest
from django.db import connection

from leadfarm.leads.actions import make_task
from leadfarm.leads.checks import CHECKS
from leadfarm.leads.models import Contact, Lead, SearchWord, Standing, Task
from leadfarm.rules.codes import Side, TaskKind
from tests.world import World


def found(lead: Lead) -> list[str]:
    """Return what the checks say about this lead; they see what this workspace sees."""
    lines = [line for check in CHECKS for line in check.find(connection)]
    return [line for line in lines if line.startswith(f"lead {lead.id}:")]


def close_its_task(world: World, lead: Lead) -> None:
    due = world.now
    task = make_task(lead, TaskKind.RESEARCH, side=Side.PD, why="Look", due_at=due, now=world.now)
    Task.objects.of(world.workspace).filter(id=task.id).update(cancelled_at=world.now)


def skip_a_stage_change(world: World, lead: Lead) -> None:
    Standing.objects.of(world.workspace).filter(lead_id=lead.id).update(stage=3)


def lose_its_words(world: World, lead: Lead) -> None:
    SearchWord.objects.of(world.workspace).filter(lead_id=lead.id).delete()


def close_for_ever(world: World, lead: Lead) -> None:
    Standing.objects.of(world.workspace).filter(lead_id=lead.id).update(
        stage=11, closed_because="no-response", recheck_rule=4
    )


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (close_its_task, "which is closed"),
        (skip_a_stage_change, "stands at 3, last moved to 2"),
        (lose_its_words, "cannot be found"),
        (close_for_ever, "sleeps without leave"),
    ],
)
def test_s3_12_a_broken_law_is_named_with_its_lead(
    inside: World, breaks: Callable[[World, Lead], None], said: str
) -> None:
    sound, broken = inside.captures(), inside.captures("Other Person")
    breaks(inside, broken)
    assert found(sound) == []
    assert any(said in line for line in found(broken))


def test_law_1_two_contacts_that_differ_in_case_are_one_address(inside: World) -> None:
    lead = inside.captures()
    assert lead.contact is not None
    key = str(lead.contact.email_key).upper()
    Contact.objects.create(workspace=inside.workspace, email_key=key, recorded_at=inside.now)
    lines = [line for check in CHECKS for line in check.find(connection)]
    assert f"contact {lead.contact_id}: 1 more with the same address" in lines


def test_sound_data_breaks_no_law(inside: World) -> None:
    for number in range(3):
        inside.captures(f"Person {number}")
    assert [line for check in CHECKS for line in check.find(connection)] == []
