"""Events: the list, and of one who came, what happened next and what an opportunity cost."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.insight.queries.events import Outcome, events_of, outcome_of
from leadfarm.intake.calendar_files import calendar_address
from leadfarm.intake.codes import EventKind
from leadfarm.intake.event_queries import Part
from leadfarm.intake.views.events import OURS, find_event
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.panels import registry
from leadfarm.rules.codes import Role

# So many leads go into one address.
AT_ONCE = 500
DAY = timedelta(days=1)


@require_safe
@only(*OURS)
def show(request: InsideRequest) -> HttpResponse:
    """List the events with what came of the leads they brought."""
    lines = [
        (event, EventKind(event.kind).label, origin)
        for event, origin in events_of(request.workspace, request.now)
    ]
    may_plan = request.member.role in LEADING
    return render(request, "insight/events.html", {"lines": lines, "may_plan": may_plan})


@require_safe
@only(*OURS)
def one(request: InsideRequest, event_id: int) -> HttpResponse:
    """Show an event: who had which part in it, what happened next, and what it cost."""
    event = find_event(request, event_id)
    outcome = outcome_of(event)
    context = {
        "event": event,
        "kind": EventKind(event.kind).label,
        "outcome": outcome,
        "acts": _acts(request, outcome),
        "may_plan": request.member.role in LEADING,
        "may_call": request.member.role in (*LEADING, Role.PD),
        "is_over": request.now > event.ends_at,
        "is_near": event.starts_at - DAY < request.now < event.ends_at + DAY,
        "calendar": calendar_address(event),
    }
    return render(request, "insight/event.html", context)


def _acts(request: InsideRequest, outcome: Outcome) -> list[dict[str, Any]]:
    """Return what can be done with all people of a part at once: as other rooms offer it."""
    found = []
    for part in Part:
        leads = outcome.leads_of(part)[:AT_ONCE]
        if not leads:
            continue
        query = urlencode([("lead", lead_id) for lead_id in leads])
        ways = [
            {
                "label": act.label,
                "icon": act.icon,
                "href": f"{reverse(act.url_name, args=[request.workspace.slug])}?{query}",
            }
            for act in registry.list_acts.values()
        ]
        found.append({"part": part.value, "many": len(leads), "ways": ways})
    return found
