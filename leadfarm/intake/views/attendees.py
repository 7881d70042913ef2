"""The attendee list of an event: an import that knows its campaign before it is mapped."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import actions
from leadfarm.intake.codes import ImportKind
from leadfarm.intake.views.events import find_event
from leadfarm.intake.views.imports import LEADING, on_from_upload
from leadfarm.ui.toasts import alarm


@require_POST
@only(*LEADING)
def upload(request: InsideRequest, event_id: int) -> HttpResponse:
    """Keep the list of an event's people and go on to its columns."""
    event, file = find_event(request, event_id), request.FILES.get("file")
    slug = request.workspace.slug
    if file is None or file.name is None:
        alarm(request, "Choose the file with the list first.")
        return redirect("insight:event", workspace=slug, event_id=event.id)
    name, blocks, leads = file.name, file.chunks(), ImportKind.LEADS
    try:
        run = actions.upload(
            request.workspace, name, blocks, kind=leads, by=request.member, now=request.now,
            campaign=event.campaign,
        )  # fmt: skip
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("insight:event", workspace=slug, event_id=event.id)
    return on_from_upload(request, run)
