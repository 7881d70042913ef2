"""The door: the view runs inside the transaction, failures leave nothing, strangers see nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import include, path

from leadfarm.access.gate import SIGNED_IN_AT
from leadfarm.access.models import Member, Team, User, Workspace
from leadfarm.access.walls import within
from leadfarm.rules.codes import Role, Side
from tests.access.everything import NOW

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.urls("tests.access.test_door")]


def wall() -> str:
    """Return which workspace and firm the database has been told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('leadfarm.workspace', true) || '/' ||"
            " current_setting('leadfarm.firm', true)"
        )
        return str(cursor.fetchone()[0])


def plain(request: HttpRequest) -> HttpResponse:
    assert connection.in_atomic_block
    return HttpResponse(wall())


def lazy(request: HttpRequest) -> TemplateResponse:
    template = engines["django"].from_string("{{ wall }}")
    return TemplateResponse(request, template, {"wall": wall})  # type: ignore[arg-type]


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def rows() -> Iterator[str]:
        yield f"{wall()}\n"
        yield f"{Team.objects.count()}\n"

    return StreamingHttpResponse(rows())


FAULTS: dict[str, Any] = {
    "crash": RuntimeError("a fault"),
    "missing": Http404("no such lead"),
    "refused": PermissionDenied("not yours"),
}


def fails(request: Any, how: str) -> HttpResponse:
    Team.objects.create(workspace=request.workspace, name=how, side=Side.PD)
    if how == "database":
        Team.objects.create(workspace=request.workspace, name=how, side=Side.PD)
    if how == "caught":
        try:
            with transaction.atomic():
                Team.objects.create(workspace=request.workspace, name=how, side=Side.PD)
        except IntegrityError:
            return HttpResponse("caught")
    raise FAULTS[how]


def told(request: Any, exception: Exception | None = None) -> HttpResponse:
    """An error page that reads the database."""
    return HttpResponse(f"told at {wall()}, {Team.objects.count()} teams", status=404)


handler404 = told
urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path(
        "w/<slug:workspace>/",
        include(
            [
                path("plain/", plain),
                path("lazy/", lazy),
                path("streamed/", streamed),
                path("fails/<slug:how>/", fails),
            ]
        ),
    ),
]


class Place:
    """A workspace with one admin, one firm's developer, and browsers for both."""

    def __init__(self) -> None:
        tag = secrets.token_hex(4)
        self.workspace = Workspace.objects.create(
            slug=f"door-{tag}", name="Door", created_at=NOW, went_live_at=NOW
        )
        with within(self.workspace):
            self.firm = Team.objects.create(
                workspace=self.workspace, name="Rivet", side=Side.PD, is_firm=True
            )
            self.ada = self._member(f"ada-{tag}@door.example", Role.ADMIN, None)
            self.fred = self._member(f"fred-{tag}@door.example", Role.PD, self.firm)

    def _member(self, address: str, role: Role, firm: Team | None) -> Member:
        user = User.objects.create_user(address, name=address[:3], date_joined=NOW)
        return Member.objects.create(
            workspace=self.workspace,
            user=user,
            role=role,
            name=address[:3],
            joined_at=NOW,
            team=firm,
            firm_id=firm.pk if firm else None,
        )

    def browser(self, member: Member | None = None, **options: Any) -> Client:
        client = Client(**options)
        if member:
            client.force_login(member.user)
        return client

    def at(self, page: str) -> str:
        return f"/w/{self.workspace.slug}/{page}/"


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.mark.parametrize("page", ["plain", "lazy"])
def test_a_page_is_made_behind_its_wall(place: Place, page: str) -> None:
    inside = str(place.workspace.pk)
    assert place.browser(place.ada).get(place.at(page)).content.decode() == f"{inside}/"
    firms = place.browser(place.fred).get(place.at(page)).content.decode()
    assert firms == f"{inside}/{place.firm.pk}"
    assert not connection.in_atomic_block


def test_a_streamed_answer_is_made_behind_the_wall_too(place: Place) -> None:
    answer = place.browser(place.fred).get(place.at("streamed"))
    inside = f"{place.workspace.pk}/{place.firm.pk}"
    assert answer.getvalue().decode().split() == [inside, "1"]
    assert not connection.in_atomic_block


@pytest.mark.parametrize(
    ("how", "status"), [("crash", 500), ("missing", 404), ("refused", 403), ("database", 500)]
)
def test_a_failing_view_leaves_nothing_behind(place: Place, how: str, status: int) -> None:
    browser = place.browser(place.ada, raise_request_exception=False)
    assert browser.post(place.at(f"fails/{how}")).status_code == status
    with within(place.workspace):
        assert Team.objects.count() == 1


def test_a_fault_that_the_view_caught_keeps_the_rest(place: Place) -> None:
    assert place.browser(place.ada).post(place.at("fails/caught")).content == b"caught"
    with within(place.workspace):
        assert Team.objects.filter(name="caught").count() == 1


def test_the_page_that_tells_of_a_fault_can_still_read(place: Place) -> None:
    answer = place.browser(place.ada).post(place.at("fails/missing"))
    assert answer.content.decode() == f"told at {place.workspace.pk}/, 1 teams"


def test_a_stranger_learns_nothing(place: Place) -> None:
    stranger = place.browser(Place().ada)
    here, nowhere = stranger.get(place.at("plain")), stranger.get("/w/no-such-place/plain/")
    assert here.status_code == nowhere.status_code == 404
    assert here.content == nowhere.content


def test_who_has_left_is_a_stranger(place: Place) -> None:
    with within(place.workspace):
        Member.objects.filter(pk=place.ada.pk).update(left_at=NOW)
    assert place.browser(place.ada).get(place.at("plain")).status_code == 404


def test_who_is_signed_out_signs_in_and_comes_back(place: Place) -> None:
    page = place.at("plain")
    answer = place.browser().get(page)
    assert (answer.status_code, unquote(answer["Location"])) == (
        302,
        f"/accounts/login/?next={page}",
    )
    sent = place.browser().post(page)
    assert (sent.status_code, sent["Location"]) == (302, "/accounts/login/")
    part = place.browser().get(page, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (200, "/accounts/login/")


def test_a_session_ends_after_its_days_however_busy(place: Place) -> None:
    browser = place.browser(place.ada)
    session = browser.session
    session[SIGNED_IN_AT] -= timedelta(days=settings.LEADFARM_SESSION_DAYS, hours=1).total_seconds()
    session.save()
    assert browser.get(place.at("plain")).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_where_everybody_needs_a_second_factor_the_door_asks(place: Place) -> None:
    with within(place.workspace):
        Workspace.objects.filter(pk=place.workspace.pk).update(needs_second_factor=True)
    answer = place.browser(place.ada).get(place.at("plain"))
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(
        user=place.ada.user, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    assert place.browser(place.ada).get(place.at("plain")).status_code == 200


def test_times_are_told_by_the_members_clock(place: Place) -> None:
    from django.utils import timezone

    from leadfarm.access.middleware import local_time

    place.ada.time_zone = "America/New_York"
    with local_time(place.ada):
        assert timezone.get_current_timezone_name() == "America/New_York"


@override_settings(ALLOWED_HOSTS=["leadfarm.example"])
def test_another_hosts_name_is_refused(place: Place) -> None:
    answer = place.browser(place.ada).get(place.at("plain"), headers={"host": "evil.example"})
    assert answer.status_code == 400
