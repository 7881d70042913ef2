"""What went wrong, as problem+json (RFC 9457): which field, and what to do about it."""

import json
import logging
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from leadfarm.intake.doors import Fault

log = logging.getLogger(__name__)


class Problem(Exception):
    """An answer that is no success: status, what is wrong, what to do, the fields at fault."""

    def __init__(self, status: HTTPStatus, detail: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults = status, detail, tuple(faults)

    def body(self) -> dict[str, Any]:
        """Return it as the caller reads it."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
        }
        if self.faults:
            told["errors"] = [{"field": one.field, "message": one.said} for one in self.faults]
        return told


def answer(problem: Problem) -> HttpResponse:
    """Return the problem as an HTTP answer."""
    response = HttpResponse(
        json.dumps(problem.body(), ensure_ascii=False),
        status=problem.status,
        content_type="application/problem+json",
    )
    if problem.status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


NO_TOKEN = Problem(
    HTTPStatus.UNAUTHORIZED,
    "There is no valid token. Send one as Authorization: Bearer lf_…; an admin makes it in the"
    " settings of the workspace, under Tokens.",
)
NOT_THERE = Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")


def _of(error: Exception) -> Problem:
    """Return what the caller is told of an error; never how it came about inside."""
    match error:
        case Problem():
            return error
        case AuthenticationError():
            return NO_TOKEN
        case ValidationError():
            return Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "Some parameters cannot be read.", _faults(error)
            )
        case Http404():
            return NOT_THERE
        case RequestDataTooBig():
            return TOO_LARGE
        case HttpError():
            return Problem(HTTPStatus(error.status_code), error.message)
        case _:
            log.exception("The API failed.", exc_info=error)
            return Problem(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong on our side. Try again; with an Idempotency-Key nothing is"
                " taken in twice.",
            )


TOO_LARGE = Problem(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "The body is larger than 1 MB. Send fewer leads in one call.",
)


def _faults(error: ValidationError) -> list[Fault]:
    return [Fault(".".join(map(str, one["loc"][1:])), str(one["msg"])) for one in error.errors]


def handle(api: NinjaAPI) -> None:
    """Let every error of the API answer as a problem."""

    def told(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        return answer(_of(error if isinstance(error, Exception) else error()))

    for kind in (Problem, AuthenticationError, ValidationError, HttpError, Http404, Exception):
        api.add_exception_handler(kind, told)


def only_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view, whose refusal of a method is a problem as well."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        allowed = response["Allow"]
        detail = f"{request.method} is not for this address; use {allowed}."
        problem = answer(Problem(HTTPStatus.METHOD_NOT_ALLOWED, detail))
        problem["Allow"] = allowed
        return problem

    return told


def nothing_here(_request: HttpRequest, **_path: str) -> HttpResponse:
    """Answer an address the API does not have."""
    return answer(NOT_THERE)


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie counts here
