"""doctor finds what is wrong with walls and doors (law 9), and nothing where nothing is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections

from leadfarm.access.checks import CHECKS
from leadfarm.access.models import Member, Team, Workspace
from leadfarm.access.walls import within
from leadfarm.engine.database import acting_as
from leadfarm.rules.codes import Role
from tests.world import World


def found(name: str) -> list[str]:
    """Return what the check of this name finds, as doctor asks it."""
    (check,) = [check for check in CHECKS if name in check.name]
    with acting_as("worker"):
        return check.find(connections["worker"])


def about(name: str, start: str) -> list[str]:
    return [line for line in found(name) if line.startswith(start)]


@pytest.mark.parametrize("name", ["row-level security", "neither superuser", "roles of their own"])
def test_the_walls_of_this_database_stand(world: World, name: str) -> None:
    assert found(name) == []


def test_a_workspace_without_an_admin_is_found(world: World) -> None:
    line = f"workspace {world.workspace.pk}: "
    assert about("has an admin", line) == []
    with world.inside():
        Member.objects.filter(pk=world.ada.pk).update(role=Role.MANAGER)
    assert about("has an admin", line) == [f"{line}has no admin"]


def test_a_member_before_the_wall_of_their_firm_is_found(world: World) -> None:
    line = f"member {world.fred.pk}: "
    assert about("stands behind its wall", line) == []
    with world.inside():
        Member.objects.filter(pk=world.fred.pk).update(firm_id=None)
    assert about("stands behind its wall", line)


def test_a_firm_that_is_none_any_more_is_found(world: World) -> None:
    with world.inside():
        lead = world.captures(firm=world.firm)
        Team.objects.filter(pk=world.firm.pk).update(is_firm=False)
    assert about("lead's firm", f"lead {lead.pk}: ")


def test_a_persona_with_a_real_place_is_found(world: World) -> None:
    with world.inside():
        Workspace.objects.filter(pk=world.workspace.pk).update(is_demo=True)
    assert about("persona", f"user {world.mei.user_id}: ") == []
    with within(world.sam.workspace_id):
        Member.objects.create(
            workspace_id=world.sam.workspace_id,
            user=world.mei.user,
            role=Role.PD,
            name="Mei",
            joined_at=world.now,
        )
    assert about("persona", f"user {world.mei.user_id}: ")


def test_a_demo_within_reach_of_others_is_found(world: World, settings: Any) -> None:
    with world.inside():
        Workspace.objects.filter(pk=world.workspace.pk).update(is_demo=True)
    line = f"workspace {world.workspace.pk}: "
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    assert about("reached on this machine", line) == []
    settings.ALLOWED_HOSTS = ["leads.norrvik.example"]
    assert about("reached on this machine", line)
