"""The gallery: every component in all its states, where LEADFARM_GALLERY allows it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from leadfarm.ui import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; 404 unless the setting LEADFARM_GALLERY (else DEBUG) is on."""
    if not getattr(settings, "LEADFARM_GALLERY", settings.DEBUG):
        raise Http404("The gallery is switched off here. Set LEADFARM_GALLERY to see it.")
    return render(request, "ui/gallery/index.html", samples.everything())
