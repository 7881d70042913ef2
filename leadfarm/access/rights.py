"""Which roles may do what: one decorator for the views of every room."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.rules.codes import Role

View = Callable[..., HttpResponse]


def only(*roles: Role) -> Callable[[View], View]:
    """Let only members of these roles see the view.

    Another member gets a calm page that says who may; for an outside firm there is nothing here.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: InsideRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.member.role in roles and request.member.firm_id is None:
                return view(request, *args, **kwargs)
            return refuse(request, *roles)

        guarded.only = roles  # type: ignore[attr-defined]
        return guarded

    return guard


def refuse(request: InsideRequest, *roles: Role) -> HttpResponse:
    """Return the page that says who may do this; 404 for an outside firm."""
    if request.member.firm_id is not None:
        raise Http404("Not for outside firms.")
    who = Member.objects.of(request.workspace).filter(role__in=roles, left_at=None).order_by("name")
    context = {"roles": [role.label.lower() for role in roles], "who": who[:5]}
    return render(request, "access/refused.html", context, status=403)
