"""How far the history of a demo is lived: the strip under the bar, asked again while it grows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from leadfarm.access.middleware import InsideRequest
from leadfarm.simulation.growing import planned, progress

MINUTE = timedelta(minutes=1)


def answer(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return what the strip says, or None: no demo, all lived, or who looks is of a firm."""
    workspace = getattr(request, "workspace", None)
    member = getattr(request, "member", None)
    if workspace is None or member is None or not workspace.is_demo or member.firm_id:
        return None
    growth = planned(workspace)
    if growth is None:
        return None
    so_far = progress(growth, request.now)  # type: ignore[attr-defined]
    if so_far.lived >= so_far.leads:
        return None
    return {
        "label": "The demo is still being made: leads whose year is played",
        "value": so_far.lived,
        "max": so_far.leads,
        "left": _words(so_far.left),
        "poll": reverse("simulation:growing", kwargs={"workspace": workspace.slug}),
    }


def _words(left: timedelta | None) -> str:
    if left is None:
        return ""
    minutes = round(left / MINUTE)
    return f"about {minutes} min left" if minutes > 1 else "about a minute left"


@require_GET
def growing(request: InsideRequest) -> HttpResponse:
    """Draw the strip as it is now; empty once nothing is left to live."""
    return render(request, "simulation/growing.html", {"strip": answer(request)})
