"""The workspace's own web hosts: whose pages may show forms, where thanks may lead."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.hosting import add_host, remove_host
from leadfarm.intake.builder_forms import HostForm
from leadfarm.intake.models import WebHost
from leadfarm.intake.views.imports import LEADING
from leadfarm.ui.toasts import alarm, toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def hosts(request: InsideRequest) -> HttpResponse:
    """List the hosts; a POST names another."""
    form = HostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        host = add_host(request.workspace, form.cleaned_data["name"], now=request.now)
        toast(request, f"{host.name} is named. Tick it in the settings of a form.")
        return redirect("intake:web-hosts", workspace=request.workspace.slug)
    found = WebHost.objects.of(request.workspace)
    status = 422 if form.errors else 200
    return render(request, "intake/web_hosts.html", {"form": form, "hosts": found}, status=status)


@require_POST
@only(*LEADING)
def remove(request: InsideRequest, web_host_id: int) -> HttpResponse:
    """Take a host off the list, unless a form needs it."""
    host = get_object_or_404(WebHost.objects.of(request.workspace), id=web_host_id)
    try:
        remove_host(host)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    else:
        toast(request, f"{host.name} is taken off the list.")
    return redirect("intake:web-hosts", workspace=request.workspace.slug)
