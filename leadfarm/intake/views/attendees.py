"""The attendee list of an event: an import that knows its campaign before it is mapped."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import actions
from leadfarm.intake.codes import EventKind, ImportKind
from leadfarm.intake.models import Event, ImportRun
from leadfarm.intake.views.events import find_event
from leadfarm.intake.views.imports import LEADING
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
            request.workspace, name, blocks, kind=leads, by=request.member, now=request.now
        )
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("insight:event", workspace=slug, event_id=event.id)
    _for_event(run, event)
    return redirect("intake:mapping", workspace=slug, import_run_id=run.id)


def _for_event(run: ImportRun, event: Event) -> None:
    """Say in the mapping whose people they are; who only stands in the list had registered."""
    columns, constants = run.mapping.get("columns", {}), dict(run.mapping.get("constants") or {})
    for title, spec in columns.items():
        if _target(spec) == "campaign":
            columns[title] = "ignore"
    constants["campaign"] = event.campaign.name
    if event.campaign.source is not None:
        constants["source"] = event.campaign.source.name
    if not any(_target(spec) == "touch" for spec in columns.values()):
        constants.setdefault("touch", EventKind(event.kind).registered.slug)
    run.mapping = {**run.mapping, "columns": columns, "constants": constants}
    run.save(update_fields=["mapping"])


def _target(spec: object) -> str:
    """Return what a column becomes, however its mapping is written."""
    return str(spec.get("to", "")) if isinstance(spec, dict) else str(spec)
