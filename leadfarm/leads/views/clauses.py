"""The rows of the clause builder, redrawn while somebody fills them in."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.clause_builder import read
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.rules.routing import routing_fields

# Rules of routing ask what is known the moment a lead comes in.
ROUTING = "routing-"
PREFIX = re.compile(r"[a-z0-9.-]{0,40}")


@require_POST
def rows(request: InsideRequest) -> HttpResponse:
    """Return the builder with the pressed button obeyed and the inputs that fit; keeps nothing."""
    prefix = request.GET.get("prefix", "")
    prefix = prefix if PREFIX.fullmatch(prefix) else ""
    filled = request.POST.copy()
    filled.setdefault(f"{prefix}press", "inputs")
    catalogue = fields_of(request.workspace, request.member)
    narrowed = routing_fields(catalogue) if prefix == ROUTING else catalogue
    builder = read(filled, narrowed, prefix=prefix)
    return render(request, "leads/clause_builder/builder.html", {"builder": builder})
