"""The door of every page under /w/<workspace>/: who are you here, and which wall are you behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone

from leadfarm.access.gate import turned_away
from leadfarm.access.models import Member, User, Workspace
from leadfarm.access.walls import stream_within, within
from leadfarm.engine.statements import columns_of, loaded, prepared


class InsideRequest(HttpRequest):
    """A request that has passed the wall: what views under /w/ are handed."""

    workspace: Workspace
    member: Member
    now: datetime


class WallMiddleware:
    """Enters the workspace named in the address, for one transaction; strangers get a 404.

    The answer to "does this workspace exist?" is the same for everybody who is not its member.
    An exception of the view rolls back what it wrote; the page that tells of it is still drawn
    inside. Streamed answers are made inside too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, rendered behind the wall it asked for."""
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]
        request.workspace = request.member = None  # type: ignore[attr-defined]
        slug = workspace_in(request.path_info)
        if slug is None:
            return self.get_response(request)
        member = None
        if not isinstance(request.user, AnonymousUser):
            member = membership(request.user, slug)
            if member is None:
                return self.get_response(request)
        away = turned_away(request, member)
        if away or member is None:
            return away or self.get_response(request)
        return self._inside(request, member)

    def _inside(self, request: HttpRequest, member: Member) -> HttpResponseBase:
        request.workspace = member.workspace  # type: ignore[attr-defined]
        request.member = member  # type: ignore[attr-defined]
        with within(member.workspace, firm=member.firm_id), local_time(member):
            request.wall_savepoint = transaction.savepoint()  # type: ignore[attr-defined]
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            rows: Iterator[bytes] = iter(response)
            response.streaming_content = stream_within(member.workspace, rows, member.firm_id)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> None:
        """Refuse a stranger as if nothing were there; hand views no slug they do not need."""
        if kwargs.pop("workspace", None) is not None and request.member is None:  # type: ignore[attr-defined]
            raise Http404("No such workspace.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what a failing view had written."""
        savepoint = getattr(request, "wall_savepoint", None)
        if savepoint is not None:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(savepoint)


def workspace_in(path: str) -> str | None:
    """Return the workspace slug that the address names, or None for pages outside the walls."""
    try:
        found = resolve(path).kwargs.get("workspace")
    except Resolver404:
        return None
    return str(found) if found is not None else None


def membership(user: User, slug: str) -> Member | None:
    """Return the user's place in this workspace, or None: not a member, left, or no such place."""
    found = prepared(_places(), {"user": user.pk, "slug": slug})
    if not found or not user.is_active:
        return None
    member, workspace = loaded(Member, found[0], "own"), loaded(Workspace, found[0], "place")
    if member is not None and workspace is not None:
        member.user, member.workspace = user, workspace
    return member


@cache
def _places() -> str:
    """Return the statement behind `membership`: every page asks it, so its plan is kept."""
    return (
        f"SELECT {columns_of(Member, 'own')}, {columns_of(Workspace, 'place')}"  # noqa: S608 - our own columns
        " FROM access_member own JOIN access_workspace place ON place.id = own.workspace_id"
        " WHERE own.user_id = %(user)s::bigint AND place.slug = %(slug)s::text"
        " AND own.left_at IS NULL ORDER BY own.id LIMIT 1"
    )


@contextmanager
def local_time(member: Member) -> Iterator[None]:
    """Show times in the block as this member's clock does; else as the workspace's."""
    with timezone.override(ZoneInfo(member.time_zone or member.workspace.time_zone)):
        yield
