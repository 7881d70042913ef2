"""The builder of a hosted form: edited as a whole, kept as a whole, shown beside as it will be."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.actions.hosting import Settings, change_form, open_form
from leadfarm.intake.hosting.asking import HostedForm
from leadfarm.intake.hosting.building import OWN, Bench, as_sent, laid_out
from leadfarm.intake.hosting.showing import page_of
from leadfarm.intake.models import WebHost
from leadfarm.intake.views.hosted_forms import find
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Campaign, Source
from leadfarm.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def build(request: InsideRequest, form_id: int) -> HttpResponse:
    """Show the builder; a POST does what its button says, and only `save` and `open` keep it."""
    form, hosts = find(request, form_id), list(WebHost.objects.of(request.workspace))
    if request.method != "POST":
        return _page(request, laid_out(form, hosts))
    act = request.POST.get("act", "")
    bench = as_sent(form, hosts, request.POST, act)
    if act not in ("save", "open"):
        return _page(request, bench)
    if not bench.is_valid():
        bench.said = "Nothing is kept yet: some of it needs a look. It is marked below."
        return _page(request, bench, status=422)
    return _kept(request, bench, opens=act == "open")


@require_POST
@only(*LEADING)
def preview(request: InsideRequest, form_id: int) -> HttpResponse:
    """Return how the form looks as it stands in the builder; nothing is kept."""
    form, hosts = find(request, form_id), list(WebHost.objects.of(request.workspace))
    bench = as_sent(form, hosts, request.POST)
    return render(request, "intake/form_preview.html", _preview(bench))


def _kept(request: InsideRequest, bench: Bench, *, opens: bool) -> HttpResponse:
    before = bench.form
    settings = _settings(request, bench)
    form = change_form(before, settings, bench.design(), by=request.member, now=request.now)
    if opens:
        form = open_form(form, by=request.member, now=request.now)
        toast(request, f"{form.name} is open at /f/{form.slug}/.")
    else:
        shown = "Visitors see it from now on." if form.is_open else "Only you see it so far."
        toast(request, f"{form.name} is kept. {shown}")
    name = "intake:form" if opens or form.is_open else "intake:build-form"
    return redirect(name, workspace=request.workspace.slug, form_id=form.pk)


def _settings(request: InsideRequest, bench: Bench) -> Settings:
    told, workspace = bench.settings.cleaned_data, request.workspace
    source = campaign = None
    if told["source"]:
        source, _ = Source.objects.get_or_create(workspace=workspace, name=told["source"])
    if told["campaign"]:
        campaign, _ = Campaign.objects.get_or_create(workspace=workspace, name=told["campaign"])
    hosts = tuple(told.get("framed_by") or ())
    return Settings(told["name"], told["slug"], told["kind"], source, campaign, hosts)


def _page(request: InsideRequest, bench: Bench, *, status: int = 200) -> HttpResponse:
    page = {"bench": bench, "own": OWN, **_preview(bench)}
    return render(request, "intake/form_builder.html", page, status=status)


def _preview(bench: Bench) -> dict[str, object]:
    design, form = bench.design(), bench.form
    return page_of(form, design, HostedForm(design, prefix_ids="preview")) | {"inert": True}
