"""The list of leads."""

from django.http import HttpResponse
from django.shortcuts import render

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.models import Standing

PAGE = 50


def show(request: InsideRequest) -> HttpResponse:
    """Show the newest leads first."""
    rows = (
        Standing.objects.of(request.workspace)
        .select_related("lead", "lead__account", "lead__contact", "next_owner")
        .order_by("-lead__entered_at")[:PAGE]
    )
    return render(request, "leads/list.html", {"rows": rows})
