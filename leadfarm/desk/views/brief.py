"""The brief of a lead, on one page."""

from django.http import HttpResponse
from django.shortcuts import render

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.desk.queries.brief import brief_of
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead, Touch
from leadfarm.leads.queries.record import find_lead, group_of, warmth
from leadfarm.leads.views.frames import chosen_frame
from leadfarm.leads.views.record import title_of
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.dossier.frames import FRAMES
from leadfarm.rules.stages import Stage


def show(request: InsideRequest, lead_id: int) -> HttpResponse:
    """Show the brief; that its reader opened it is observed, once a day (law 8, S4-16)."""
    lead = find_lead(request.workspace, lead_id)
    _observe(request, lead)
    frame = chosen_frame(request)
    brief = brief_of(lead, request.now, request.workspace.currency, frame)
    context = {
        "lead": lead,
        "title": title_of(lead),
        "stage": Stage(lead.standing.stage),
        "brief": brief,
        "frame": frame,
        "frames": list(FRAMES.values()),
        "framed": frame.parts,
        "filled": brief.filled,
        "group": group_of(lead),
        "heat": warmth(lead.standing, request.workspace, request.now),
    }
    return render(request, "desk/brief.html", context)


def _observe(request: InsideRequest, lead: Lead) -> None:
    seen = Touch.objects.of(request.workspace).filter(
        lead_id=lead.id,
        kind=TouchKind.BRIEF_OPENED,
        member_id=request.member.id,
        happened_at__date=request.now.date(),
    )
    if not seen.exists():
        record_touch(
            lead,
            TouchKind.BRIEF_OPENED,
            happened_at=request.now,
            now=request.now,
            actor=Actor.of(request.member),
        )
