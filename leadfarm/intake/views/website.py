"""The page Website: the snippet, what visitors are asked, and what arrives."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.models import BannerWording
from leadfarm.intake.views.imports import LEADING
from leadfarm.intake.visits.deciding import decide, website_of
from leadfarm.intake.visits.queries import latest_views, tally_of
from leadfarm.intake.visits.recognising import secret_of
from leadfarm.intake.website_form import WebsiteForm
from leadfarm.ui.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def show(request: InsideRequest) -> HttpResponse:
    """Show what was decided and what arrives; a POST decides anew."""
    site = website_of(request.workspace, request.now)
    form = WebsiteForm(site, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        site = decide(request.workspace, form.decision(), by=request.member, now=request.now)
        toast(request, "Visits are noted, with consent." if site.is_on else "Visits are not noted.")
        return redirect("intake:website", workspace=request.workspace.slug)
    home = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    script = f"{home}{reverse('web:script', kwargs={'key': site.key})}"
    context = {
        "site": site,
        "form": form,
        "home": home,
        "snippet": f'<script src="{script}" defer></script>',
        "secret": secret_of(site) if site.id else "",
        "wordings": BannerWording.objects.of(request.workspace).order_by("-version")[:10],
        "tally": tally_of(request.workspace.id, site.keep_days, request.now),
        "views": latest_views(request.workspace.id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "intake/website.html", context, status=status)


@require_safe
@only(*LEADING)
def arriving(request: InsideRequest) -> HttpResponse:
    """Show what arrived last; the page asks again by itself."""
    views = latest_views(request.workspace.id)
    return render(request, "intake/visits_arriving.html", {"views": views})
