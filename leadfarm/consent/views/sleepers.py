"""People who have slept too long: erasures asked for, of those somebody chose."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.consent import jobs
from leadfarm.consent.actions.rights import ask, begin_erasure
from leadfarm.consent.queries.sleepers import sleepers
from leadfarm.consent.views.contact import OFFICERS
from leadfarm.leads.models import Contact
from leadfarm.rules.privacy import RequestKind
from leadfarm.ui.toasts import alarm, toast

WHY = "Asleep without a touch for longer than we keep it"


@require_POST
@only(*OFFICERS)
def ask_for_erasures(request: InsideRequest) -> HttpResponse:
    """Open an erasure request for each chosen one who is still proposed."""
    picked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19]
    proposed = [one.id for one in sleepers(request.workspace, request.now, picked)]
    for contact in Contact.objects.of(request.workspace).filter(id__in=proposed):
        made = ask(contact, RequestKind.ERASURE, note=WHY, by=request.member, now=request.now)
        if made.not_before is None:
            begin_erasure(made, by=request.member, now=request.now)
        jobs.erase_when_due(made)
    if proposed:
        toast(request, f"{len(proposed)} erasure requests opened")
    else:
        alarm(request, "Choose people from the list; whoever is awake again is left out.")
    return redirect("consent:requests", workspace=request.workspace.slug)
