"""Every route of the API, walked as a stranger, with each token and behind each wall (law 9)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client

from leadfarm.access.actions import make_token, restore_token, revoke_token, token_behind
from leadfarm.access.actors import Actor
from leadfarm.access.models import ApiToken, AuditEntry
from leadfarm.access.scopes import Scope
from leadfarm.api import door
from leadfarm.api.routes import api
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.models import Receipt
from leadfarm.leads.models import Lead
from tests.access.every_url import read_only
from tests.api.caller import Caller, caller
from tests.world import World, make_world

Call = tuple[str, str, Scope]


def every_route(lead: int) -> Iterator[Call]:
    """Give method, path and right of every route, from the API's own description."""
    rights = {scope.label: scope for scope in Scope}
    described = api.get_openapi_schema(path_prefix="")
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield method, path.strip("/").replace("{lead_id}", str(lead)), rights[told["tags"][0]]


def ask(us: Caller, method: str, path: str) -> int:
    found = {"section": "budget", "value": "None"}  # of the others, nothing can be read
    answer = us.get(path) if method == "get" else us.post(path, found)
    assert "Traceback" not in answer.content.decode()
    return int(answer.status_code)


@pytest.fixture
def lead(world: World) -> Lead:
    with world.inside():
        return world.captures()


def test_without_a_live_token_every_route_asks_for_one(world: World, lead: Lead) -> None:
    with world.inside():
        token, secret = make_token(world.ada, "Old", [Scope.READ], None, now=world.now)
        revoke_token(token, by=Actor.of(world.ada), now=world.now)
    secrets = ["", "lf", "lf_", "lf_999999_x", f"{secret}x", secret, f"lf_{'9' * 40}_x", "é\0"]
    for method, path, _ in every_route(lead.id):
        for wrong in secrets:
            assert ask(Caller(wrong), method, path) == 401, (path, wrong)
    answer = Client().get("/api/v1/leads")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_does_what_it_may_and_nothing_else(world: World, lead: Lead) -> None:
    for scope in Scope:
        us = caller(world, scope)
        for method, path, needed in every_route(lead.id):
            status = ask(us, method, path)
            assert (status == 403) == (needed is not scope), (scope, path, status)
            assert status < 500


def test_behind_another_wall_there_is_nothing(world: World, lead: Lead) -> None:
    strangers, firms = caller(make_world()), caller(world, firm=world.firm)
    with world.inside():
        theirs = world.captures("Fritz Own", firm=world.firm)
    for us in (strangers, firms):
        for method, path, _ in every_route(lead.id):
            if str(lead.id) in path:
                assert ask(us, method, path) == 404, path
    assert strangers.get("leads").json()["leads"] == []
    assert [one["id"] for one in firms.get("leads").json()["leads"]] == [theirs.id]
    assert firms.post("leads", {"email": "v@x.example"}).status_code == 403
    with world.inside():
        assert not Receipt.objects.of(world.workspace).exists()


def test_reading_changes_nothing(world: World, lead: Lead) -> None:
    us = caller(world)
    us.get("leads")  # from here on the token is noted as used in this minute
    with read_only(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(door, "count", lambda *_: 1)
        for method, path, _ in every_route(lead.id):
            if method == "get":
                assert ask(us, method, path) == 200, path


def test_unknown_addresses_and_methods_are_problems(world: World) -> None:
    us = caller(world)
    for path in ("nothing", "leads/x", "leads/batch", "leads/99999999999999999999"):
        assert us.get(path)["Content-Type"] == "application/problem+json", path
    assert us.get("leads?limit=0&stage=ripe").status_code == 422
    assert us.get("leads?stage=ripe").json()["errors"][0]["field"] == "stage"


def test_who_asks_too_often_is_told_when_to_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_A_MINUTE", 3)
    us = caller(world)
    answers = [us.get("sources") for _ in range(5)]
    left = [int(one["X-RateLimit-Remaining"]) for one in answers]
    assert all(before >= after for before, after in pairwise(left))
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_a_token_is_shown_once_and_leaves_a_trail(world: World) -> None:
    ada = world.client(world.ada)
    page = ada.post(world.address("settings/tokens/"), {"name": "Shop", "scopes": ["1", "2"]})
    with world.inside():
        made = ApiToken.objects.of(world.workspace).get()
    secret = page.content.decode().split('data-copy="')[1].split('"')[0]
    assert secret not in ada.get(world.address("settings/tokens/")).content.decode()
    assert secret not in str(vars(made))
    assert token_behind(secret, now=world.now) == made
    assert token_behind(secret, now=world.now + timedelta(hours=1)) is not None
    ada.post(world.address(f"settings/tokens/{made.id}/revocation/"))
    assert token_behind(secret, now=world.now) is None
    ada.post(world.address(f"settings/tokens/{made.id}/return/"))
    assert token_behind(secret, now=world.now) is not None
    assert world.client(world.mei).get(world.address("settings/tokens/")).status_code == 403
    with world.inside():
        trail = AuditEntry.objects.of(world.workspace).filter(target_id=made.id)
        assert {one.action for one in trail} >= {"token made", "token revoked", "token restored"}
        with pytest.raises(LeadfarmError):
            restore_token(made, by=Actor.of(world.ada), now=world.now)
        with pytest.raises(LeadfarmError, match="cannot capture"):
            make_token(world.ada, "F", [Scope.CAPTURE], world.firm, now=world.now)
