"""The way in: where a member lands, and whether the house stands."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.models import Member, User
from leadfarm.rules.codes import Role


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send the member to their workspace; with several, or none, show the choice."""
    user = cast(User, request.user)
    places = list(
        Member.objects.filter(user=user, left_at=None).select_related("workspace").order_by("id")
    )
    if len(places) == 1:
        return redirect("access:start", workspace=places[0].workspace.slug)
    named = [(place, Role(place.role).label) for place in places]
    return render(request, "access/home.html", {"places": named})


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that web and database answer; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
