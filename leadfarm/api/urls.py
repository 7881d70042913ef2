"""Addresses of the API: its routes, its reference, and an answer for all others."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from leadfarm.api.problems import nothing_here, only_problems
from leadfarm.api.reference import reference
from leadfarm.api.routes import api

_routes, _, _ = api.urls
for route in _routes:
    assert route.callback is not None
    route.callback = only_problems(route.callback)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api-reference"), name="api-start"),
    path("docs", reference, name="api-reference"),
    path("", (_routes, "api", "api")),
    re_path(r"^(?P<rest>.*)$", nothing_here, name="api-nothing"),
]
