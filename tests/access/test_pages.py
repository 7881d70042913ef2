"""The pages of this room: what each shows, does, refuses, and to whom."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from leadfarm.access.actions import TeamShape, make_team
from leadfarm.access.actors import Actor
from leadfarm.access.first_run import make_key
from leadfarm.access.models import AuditEntry, Member, Team, User, Workspace
from leadfarm.access.personas import may_be_offered
from leadfarm.access.walls import within
from leadfarm.rules.codes import Role, Side
from tests.queries import assert_constant_queries
from tests.world import World

PASSWORD = "a long enough secret"
NOW = datetime.now(UTC)


def as_demo(world: World) -> World:
    with world.inside():
        Workspace.objects.filter(pk=world.workspace.pk).update(is_demo=True)
    return world


def session_of(world: World, member: Member, **headers: Any) -> int:
    client = Client(**headers)
    code = client.post(f"/personas/{member.pk}/session/").status_code
    if code == 302:
        assert client.session["_auth_user_id"] == str(member.user_id)
    return int(code)


def test_a_persona_is_one_click_in_a_demo_on_this_machine(world: World) -> None:
    local = {"headers": {"host": "127.0.0.1:8000"}}
    assert session_of(world, world.mei, **local) == 404, "a real workspace has no personas"
    as_demo(world)
    page = Client(**local).get("/accounts/login/").content.decode()
    assert f"/personas/{world.mei.pk}/session/" in page
    assert f"/personas/{world.ada.pk}/session/" not in page, "an admin is no persona"
    assert session_of(world, world.mei, **local) == 302
    assert session_of(world, world.fred, **local) == 302
    assert Client(**local).get(f"/personas/{world.mei.pk}/session/").status_code == 405
    with world.inside():
        assert AuditEntry.objects.filter(action="persona signed in").count() == 2


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.7", {"host": "127.0.0.1"}),
        ("127.0.0.1", {"host": "leadfarm.example"}),
        ("127.0.0.1", {"host": "127.0.0.1", "x-forwarded-for": "192.0.2.7"}),
        ("127.0.0.1", {"host": "127.0.0.1", "forwarded": "for=192.0.2.7"}),
        ("", {"host": "localhost"}),
    ],
)
def test_from_elsewhere_there_are_no_personas(
    world: World, settings: Any, address: str, headers: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    as_demo(world)
    assert session_of(world, world.mei, headers=headers, REMOTE_ADDR=address) == 404
    page = Client(headers=headers, REMOTE_ADDR=address).get("/accounts/login/")
    assert b"/personas/" not in page.content


def test_a_persona_with_a_place_in_a_real_workspace_is_none(world: World) -> None:
    as_demo(world)
    with within(world.sam.workspace_id):
        Member.objects.create(
            workspace_id=world.sam.workspace_id,
            user=world.mei.user,
            role=Role.ADMIN,
            name="Mei",
            joined_at=world.now,
        )
    assert session_of(world, world.mei, headers={"host": "localhost"}) == 404


def test_a_persona_needs_the_token(world: World) -> None:
    as_demo(world)
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert client.post(f"/personas/{world.mei.pk}/session/").status_code == 403


@pytest.mark.parametrize(
    ("host", "offered"),
    [("[::1]:8000", True), ("localhost:80", True), ("127.0.0.1.evil.io", False)],
)
def test_only_this_machines_own_names_count(
    rf: Any, settings: Any, host: str, offered: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert may_be_offered(rf.get("/", headers={"host": host})) is offered


@pytest.mark.parametrize("aim", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(world: World, aim: str) -> None:
    world.ada.user.set_password(PASSWORD)
    world.ada.user.save()
    said = {"login": world.ada.user.email, "password": PASSWORD, "next": aim}
    answer = Client().post("/accounts/login/", said)
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


def test_guessing_is_slowed_down(world: World) -> None:
    said = {"login": world.dora.user.email, "password": "wrong wrong wrong"}
    client = Client(REMOTE_ADDR="192.0.2.99")
    pages = [client.post("/accounts/login/", said) for _ in range(7)]
    assert b"Too many failed login attempts" in pages[-1].content or pages[-1].status_code == 429


def test_colleagues_are_invited_by_a_link_and_join(world: World) -> None:
    client, address = world.client(world.dora), f"kai-{secrets.token_hex(3)}@norrvik.example"
    shown = client.post(world.address("settings/invitations/"), {"email": address, "role": 3})
    link = re.search(r"/join/[\w-]+/", shown.content.decode())
    assert link
    assert "carries no invitations" in shown.content.decode(), "a server for contacts may be set"
    newcomer = Client()
    assert address in newcomer.get(link[0]).content.decode()
    answer = newcomer.post(link[0], {"name": "Kai Lund", "password": PASSWORD})
    assert answer["Location"] == world.address()
    assert newcomer.get(world.address("settings/")).status_code == 200
    assert Client().get(link[0]).status_code == 404, "it works once"


def test_a_manager_makes_no_admins_and_touches_none(world: World) -> None:
    client = world.client(world.dora)
    said = {"email": "x@norrvik.example", "role": Role.ADMIN.value}
    assert client.post(world.address("settings/invitations/"), said).status_code == 400
    assert client.get(world.address(f"settings/members/{world.ada.pk}/")).status_code == 404
    gone = client.post(world.address(f"settings/members/{world.ada.pk}/departure/"))
    assert gone.status_code == 404


def test_removing_a_member_can_be_undone(world: World) -> None:
    client = world.client(world.ada)
    page = client.post(
        world.address(f"settings/members/{world.mei.pk}/departure/"), follow=True
    ).content.decode()
    undo = world.address(f"settings/members/{world.mei.pk}/return/")
    assert undo in page
    assert world.client(world.mei).get(world.address("settings/")).status_code == 404
    client.post(undo)
    assert world.client(world.mei).get(world.address("settings/")).status_code == 200


def test_who_may_not_is_told_who_may(world: World) -> None:
    answer = world.client(world.tomas).get(world.address("settings/workspace/"))
    assert answer.status_code == 403
    assert "Ada Berg" in answer.content.decode()
    assert world.client(world.fred).get(world.address("settings/workspace/")).status_code == 404


def test_workspace_settings_are_saved_and_faults_are_named(world: World) -> None:
    said = {
        "name": "Norrvik",
        "time_zone": "Europe/Oslo",
        "country": "NO",
        "currency": "NOK",
        "working_from": "08:00",
        "working_until": "16:00",
        "quiet_days": "4",
        "weekly_cap": "2",
        "dossier_frame": "bant",
    }
    client, page = world.client(world.ada), world.address("settings/workspace/")
    assert client.post(page, said).status_code == 302
    saved = Workspace.objects.get(pk=world.workspace.pk)
    assert (saved.country, saved.quiet_days, saved.time_zone) == ("NO", 4, "Europe/Oslo")
    wrong = client.post(page, {**said, "working_until": "07:00", "country": "XX"}).content.decode()
    assert "Work must end after it begins." in wrong
    assert "XX is not one of the available choices." in wrong


def test_the_first_run_opens_one_workspace_per_link(database: str) -> None:
    tag = secrets.token_hex(3)
    page = f"/open/{make_key(NOW)}/"
    said = {
        "company": "Alpha",
        "slug": f"alpha-{tag}",
        "time_zone": "UTC",
        "country": "DE",
        "currency": "EUR",
        "name": "Ada",
        "email": f"ada@{tag}.example",
        "password": PASSWORD,
    }
    client = Client()
    assert client.get(page).status_code == 200
    answer = client.post(page, said)
    assert answer["Location"] == f"/w/alpha-{tag}/first-steps/"
    assert b"Invite colleagues" in client.get(answer["Location"]).content
    again = {**said, "slug": f"beta-{tag}", "email": f"b@{tag}.example"}
    assert b"used already" in Client().post(page, again).content
    assert not User.objects.filter(email=f"b@{tag}.example").exists()
    old = f"/open/{make_key(NOW - timedelta(days=2))}/"
    assert Client().get(old).status_code == Client().get("/open/forged/").status_code == 404


def more_members(world: World) -> None:
    with world.inside():
        for number in range(5):
            address = f"more-{number}-{secrets.token_hex(4)}@norrvik.example"
            user = User.objects.create_user(address, name="More", date_joined=world.now)
            Member.objects.create(
                workspace=world.workspace, user=user, role=2, name="More", joined_at=world.now
            )


def more_teams(world: World) -> None:
    with world.inside():
        for number in range(5):
            shape = TeamShape(name=f"Team {number} {secrets.token_hex(2)}", side=Side.PD)
            make_team(world.workspace, shape, by=Actor.of(world.ada), now=world.now)


@pytest.mark.parametrize(
    ("page", "grow"),
    [("members", more_members), ("teams", more_teams), ("audit", more_teams)],
)
def test_a_longer_list_takes_no_more_statements(
    world: World, page: str, grow: Callable[[World], None]
) -> None:
    address = world.address(f"settings/{page}/")
    grow(world)
    assert_constant_queries(world.client(world.ada), address, lambda: grow(world))
    with world.inside():
        assert Team.objects.exists()


def test_whatever_stands_in_the_bar_and_the_menu_opens_for_whom_it_stands_there(
    world: World,
) -> None:
    """E-2: nobody is shown the way to a page that is not for them, people of a firm neither."""
    for member in (world.fred, world.tomas, world.ana):
        browser = world.client(member)
        page = browser.get(world.address("leads/"))
        shell = page.context["shell"]
        for link in (*shell["bar"], *shell["account"]):
            assert browser.get(link.href, follow=True).status_code == 200, (member, link.label)
