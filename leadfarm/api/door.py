"""The door of the API: whose token, which rights, how often, how much, behind which wall."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer

from leadfarm.access.actions import token_behind
from leadfarm.access.models import ApiToken
from leadfarm.access.scopes import Scope
from leadfarm.access.tally import count
from leadfarm.access.walls import within
from leadfarm.api.problems import TOO_LARGE, Problem

LARGEST = 1_000_000
A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 600


class ApiRequest(HttpRequest):
    """A request whose token was recognised."""

    auth: ApiToken


class Token(HttpBearer):
    """Authorization: Bearer lf_…, counted by the minute; the body's size is asked before it."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token, or None where it opens nothing; raises Problem."""
        now = datetime.now(UTC)
        found = token_behind(token.strip(), now=now)
        if found is None:
            return None
        request.limit = _left(found, now)  # type: ignore[attr-defined]
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise TOO_LARGE
        return found


def _left(token: ApiToken, now: datetime) -> dict[str, int]:
    """Return what is told about the limit; Problem where it is reached."""
    minute = now.replace(second=0, microsecond=0)
    asked = count(f"api:{token.workspace_id}:{token.pk}:{minute:%H%M}", A_MINUTE * 2, now)
    seconds = int((minute + A_MINUTE - now).total_seconds()) + 1
    limit = {"Limit": MOST_A_MINUTE, "Remaining": max(MOST_A_MINUTE - asked, 0), "Reset": seconds}
    if asked > MOST_A_MINUTE:
        raise TooOften(limit)
    return limit


class TooOften(Problem):
    """More calls in a minute than one token may make."""

    def __init__(self, limit: dict[str, int]) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"One token may ask {MOST_A_MINUTE} times a minute. Go on in {limit['Reset']} seconds,"
            " or send up to 1,000 leads in one call of /leads/batch.",
        )
        self.limit = limit


class LeadfarmApi(NinjaAPI):
    """An API whose answers tell how often one may still ask."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the answer with the limit on it."""
        return limited(super().create_response(request, *args, **kwargs), request)

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        """Return the problem with the limit on it."""
        if isinstance(exc, TooOften):
            request.limit = exc.limit  # type: ignore[attr-defined]
        response = limited(super().on_exception(request, exc), request)
        if isinstance(exc, TooOften):
            response["Retry-After"] = str(exc.limit["Reset"])
        return response


def limited(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Return the answer with its limit in the headers."""
    for name, value in getattr(request, "limit", {}).items():
        response[f"X-RateLimit-{name}"] = str(value)
    response["Cache-Control"] = "no-store"
    return response


def may(scope: Scope, *, enters: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only tokens with this right ask; enters the wall the token stands behind.

    Not `enters`: for what takes in by transactions of its own.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            token = request.auth
            if not token.may(scope):
                raise Problem(
                    HTTPStatus.FORBIDDEN,
                    f"This token may not “{scope.label.lower()}”. Use one that an admin made with"
                    " that right.",
                )
            if not enters:
                return view(request, *args, **kwargs)
            with within(token.workspace, firm=token.firm_id):
                return view(request, *args, **kwargs)

        guarded.scope = scope  # type: ignore[attr-defined]
        return guarded

    return guard
