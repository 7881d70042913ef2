"""Opening, inviting, joining, changing, leaving: each verb, what it refuses, and its audit line."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from leadfarm.access.actions import (
    NewAccount,
    Opening,
    Refused,
    TeamShape,
    accept_invitation,
    change_role,
    change_self,
    change_team,
    change_workspace,
    invitation_behind,
    invite,
    leave,
    make_team,
    open_workspace,
    withdraw_invitation,
)
from leadfarm.access.actors import Actor
from leadfarm.access.models import AuditEntry, Member, User
from leadfarm.access.walls import within
from leadfarm.rules.codes import Role, Side
from tests.world import World

PASSWORD = "a long enough secret"


def trail(world: World) -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def someone() -> str:
    return f"lena-{secrets.token_hex(4)}@norrvik.example"


def test_a_workspace_is_opened_once_per_link_and_address(world: World) -> None:
    tag = secrets.token_hex(4)
    opening = Opening(name="Alpha", slug=f"alpha-{tag}", link=f"link-{tag}")
    assert open_workspace(opening, now=world.now).went_live_at == world.now
    with pytest.raises(Refused, match="link was used already"):
        open_workspace(Opening(name="B", slug=f"b-{tag}", link=f"link-{tag}"), now=world.now)
    with pytest.raises(Refused, match=f"/w/alpha-{tag}/ is taken"):
        open_workspace(Opening(name="B", slug=f"alpha-{tag}"), now=world.now)


def test_an_invitation_is_taken_once_by_whom_it_was_sent_to(world: World) -> None:
    address = someone()
    with world.inside():
        _, secret = invite(world.ada, address.upper(), Role.SALES_REP, None, now=world.now)
    member = accept_invitation(secret, NewAccount("Lena Aalto", PASSWORD), now=world.now)
    assert (member.name, member.user.email, member.role) == ("Lena Aalto", address, Role.SALES_REP)
    assert member.user.check_password(PASSWORD)
    with pytest.raises(Refused, match="no longer valid"):
        accept_invitation(secret, NewAccount("Mole", PASSWORD), now=world.now)
    with world.inside():
        assert trail(world)[-2:] == ["member invited", "member joined"]
        assert address not in str(list(AuditEntry.objects.values()))


def test_an_invitation_ends(world: World) -> None:
    with world.inside():
        old, secret = invite(world.ada, someone(), Role.PD, None, now=world.now)
        assert invitation_behind(secret, now=world.now + timedelta(days=15)) is None
        _, newer = invite(world.ada, old.email, Role.PD, None, now=world.now)
        assert invitation_behind(secret, now=world.now) is None, "a newer one takes its place"
        found = invitation_behind(newer, now=world.now)
        assert found is not None
        withdraw_invitation(found, by=Actor.of(world.ada), now=world.now)
        assert invitation_behind(newer, now=world.now) is None


def test_an_account_cannot_be_taken_over_by_an_invitation(world: World) -> None:
    """Who reads the mail of an address that has an account must still sign in to it."""
    with world.inside():
        _, secret = invite(world.ada, world.sam.user.email, Role.ADMIN, None, now=world.now)
    with pytest.raises(Refused, match="has an account already"):
        accept_invitation(secret, NewAccount("Sam", PASSWORD), now=world.now)
    with pytest.raises(Refused, match="you are signed in as"):
        accept_invitation(secret, world.mei.user, now=world.now)
    assert accept_invitation(secret, world.sam.user, now=world.now).workspace == world.workspace


def test_a_weak_password_is_refused_and_the_place_stays_open(world: World) -> None:
    with world.inside():
        _, secret = invite(world.ada, someone(), Role.PD, None, now=world.now)
    with pytest.raises(ValidationError):
        accept_invitation(secret, NewAccount("Lena", "short"), now=world.now)
    assert invitation_behind(secret, now=world.now)


def test_the_last_admin_stays(inside: World) -> None:
    by = Actor.of(inside.ada)
    with pytest.raises(Refused, match="only admin"):
        change_role(inside.ada, Role.MANAGER, None, by=by, now=inside.now)
    with pytest.raises(Refused, match="only admin"):
        leave(inside.ada, by=by, now=inside.now)
    change_role(inside.dora, Role.ADMIN, None, by=by, now=inside.now)
    leave(inside.ada, by=by, now=inside.now)
    assert Member.objects.get(pk=inside.ada.pk).left_at == inside.now
    assert trail(inside)[-2:] == ["member changed", "member left"]


def test_who_left_can_be_invited_again_and_keeps_their_number(world: World) -> None:
    with world.inside():
        leave(world.tomas, by=Actor.of(world.ada), now=world.now)
        address = world.tomas.user.email
        _, secret = invite(world.ada, address, Role.MARKETER, None, now=world.now)
    again = accept_invitation(secret, User.objects.get(email=address), now=world.now)
    assert (again.pk, again.role, again.left_at) == (world.tomas.pk, Role.MARKETER, None)


def test_a_firms_people_stay_behind_its_wall(inside: World) -> None:
    """S0-14: only prospect developers and sales reps, and never by changing their team."""
    by = Actor.of(inside.ada)
    with pytest.raises(Refused, match="outside firm"):
        change_role(inside.dora, Role.MANAGER, inside.firm, by=by, now=inside.now)
    change_role(inside.ana, Role.PD, inside.firm, by=by, now=inside.now)
    assert Member.objects.get(pk=inside.ana.pk).firm_id == inside.firm.pk
    with pytest.raises(Refused, match="gain or lose sight"):
        change_team(inside.firm, TeamShape(name="Rivet", side=Side.PD), by=by, now=inside.now)


def test_a_firms_member_changes_their_own_line(world: World) -> None:
    with world.inside(world.firm):
        change_self(world.fred, "Fred Keller", "Europe/Vienna", now=world.now)
        assert trail(world) == ["account changed"]
    with world.inside():
        assert Member.objects.get(pk=world.fred.pk).time_zone == "Europe/Vienna"


def test_team_names_are_taken_once(inside: World) -> None:
    shape = TeamShape(name="Inside sales", side=Side.SALES, daily_cap=5)
    assert (
        make_team(inside.workspace, shape, by=Actor.of(inside.ada), now=inside.now).daily_cap == 5
    )
    with pytest.raises(Refused, match="Inside sales already"):
        make_team(inside.workspace, shape, by=Actor.of(inside.ada), now=inside.now)


def test_changed_settings_are_noted_with_both_values(inside: World) -> None:
    changes = {"quiet_days": 5.0, "name": inside.workspace.name}
    done = change_workspace(inside.workspace, changes, by=Actor.of(inside.ada), now=inside.now)
    assert done == ["quiet_days"]
    assert AuditEntry.objects.latest("id").details == {"quiet_days": [3.0, 5.0]}
    with pytest.raises(Refused, match="half_life_days"):
        change_workspace(
            inside.workspace, {"half_life_days": 1}, by=Actor.of(inside.ada), now=inside.now
        )


def test_nothing_is_done_from_outside(world: World) -> None:
    """A place is given from inside its workspace only; the database says so."""
    from django.db import DatabaseError

    with pytest.raises(DatabaseError), within(world.sam.workspace_id):
        make_team(
            world.workspace,
            TeamShape(name="Moles", side=Side.PD),
            by=Actor.of(world.sam),
            now=world.now,
        )
