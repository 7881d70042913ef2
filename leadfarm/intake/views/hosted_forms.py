"""The workspace's own view of its hosted forms: list, builder, close."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.actions.submitting import close_form, make_form
from leadfarm.intake.forms import FormForm
from leadfarm.intake.models import Form, Receipt
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Campaign, Source
from leadfarm.rules.codes import TouchKind
from leadfarm.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def forms(request: InsideRequest) -> HttpResponse:
    """List the hosted forms; a POST makes a new one."""
    form = FormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _make(request, form)
        toast(request, f"{made.name} is open at /f/{made.slug}/.")
        return redirect("intake:forms", workspace=request.workspace.slug)
    through = Receipt.objects.of(request.workspace).filter(form__isnull=False)
    sent = dict(through.values_list("form_id").annotate(n=Count("id")))
    found = Form.objects.of(request.workspace).select_related("source").order_by("-made_at")
    lines = [(one, TouchKind(one.touch_kind).label, sent.get(one.pk, 0)) for one in found]
    return render(request, "intake/forms.html", {"form": form, "lines": lines})


@require_POST
@only(*LEADING)
def close(request: InsideRequest, form_id: int) -> HttpResponse:
    """Close a form; what was sent through it stays."""
    found = get_object_or_404(Form.objects.of(request.workspace), id=form_id)
    close_form(found, now=request.now)
    toast(request, f"{found.name} is closed.")
    return redirect("intake:forms", workspace=request.workspace.slug)


def _make(request: InsideRequest, form: FormForm) -> Form:
    told, workspace = form.cleaned_data, request.workspace
    source, _ = Source.objects.get_or_create(workspace=workspace, name=told["source"])
    campaign = None
    if told["campaign"]:
        campaign, _ = Campaign.objects.get_or_create(workspace=workspace, name=told["campaign"])
    return make_form(
        workspace,
        name=told["name"],
        slug=told["slug"],
        fields=told["fields_shown"],
        kind=TouchKind(int(told["kind"])),
        source=source,
        campaign=campaign,
        wording=told["wording"],
        thanks=told["thanks"],
        now=request.now,
    )
