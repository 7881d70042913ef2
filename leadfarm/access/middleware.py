"""The door of every page under /w/<workspace>/: who are you here, and which wall are you behind."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from leadfarm.access.models import Member, User, Workspace
from leadfarm.access.walls import within


class InsideRequest(HttpRequest):
    """A request that has passed the wall: what views under /w/ are handed."""

    workspace: Workspace
    member: Member
    now: datetime


class WallMiddleware:
    """Enters the workspace named in the address, for one transaction; strangers get a 404.

    The answer to "does this workspace exist?" is the same for everybody who is not its member.
    An exception of the view rolls everything back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the page, rendered behind the wall it asked for."""
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]
        slug = workspace_in(request.path_info)
        if slug is None:
            return self.get_response(request)
        if isinstance(request.user, AnonymousUser):
            return redirect_to_login(request.get_full_path())
        member = membership(request.user, slug)
        if member is None:
            request.workspace = request.member = None  # type: ignore[attr-defined]
            return self.get_response(request)
        request.workspace = member.workspace  # type: ignore[attr-defined]
        request.member = member  # type: ignore[attr-defined]
        with within(member.workspace, firm=member.firm_id):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> None:
        """Refuse a stranger as if nothing were there; hand views no slug they do not need."""
        if kwargs.pop("workspace", None) is not None and request.member is None:  # type: ignore[attr-defined]
            raise Http404("No such workspace.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what a failing view had written."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)


def workspace_in(path: str) -> str | None:
    """Return the workspace slug that the address names, or None for pages outside the walls."""
    try:
        found = resolve(path).kwargs.get("workspace")
    except Resolver404:
        return None
    return str(found) if found is not None else None


def membership(user: User, slug: str) -> Member | None:
    """Return the user's place in this workspace, or None: not a member, left, or no such place."""
    return (
        Member.objects.filter(user=user, workspace__slug=slug, left_at=None, user__is_active=True)
        .select_related("workspace")
        .first()
    )
