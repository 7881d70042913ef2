"""An upload thrown away before it ran, and taken out again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import actions
from leadfarm.intake.models import ImportRun
from leadfarm.intake.views import imports
from leadfarm.ui.toasts import alarm, toast


@require_POST
@only(*imports.LEADING)
def remove(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Throw away an import that has not run: nothing of it is in; for an hour it can come back."""
    run = imports.find(request, import_run_id)
    try:
        actions.discard(run, by=request.member, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("intake:import", workspace=request.workspace.slug, import_run_id=run.id)
    where = {"workspace": request.workspace.slug, "import_run_id": run.id}
    back = reverse("intake:take-out-again", kwargs=where)
    toast(request, f"{run.file_name} is thrown away. Nothing of it was in.", undo=back)
    return redirect("intake:imports", workspace=request.workspace.slug)


@require_POST
@only(*imports.LEADING)
def take_out_again(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Take an upload out of the bin again, and go on where it stood."""
    run = get_object_or_404(ImportRun.objects.of(request.workspace), id=import_run_id)
    try:
        actions.take_out_again(run, by=request.member, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("intake:imports", workspace=request.workspace.slug)
    toast(request, f"{run.file_name} is back")
    return imports.on_from_upload(request, run)
