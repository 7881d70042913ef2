"""The list as a file."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.walls import within
from leadfarm.leads.queries.listing.export import lines
from leadfarm.leads.queries.listing.layouts import LAYOUTS
from leadfarm.leads.queries.listing.words import Words
from leadfarm.leads.views.asked import read_asked
from leadfarm.rules.clauses import EVERYONE


def leads(request: InsideRequest) -> HttpResponseBase:
    """Send the leads asked for as CSV, read while they are sent; the export is in the audit trail.

    The trail holds the fields the filter names, not its values: they can name people.
    """
    asked = read_asked(request)
    if asked.fault:
        return HttpResponseBadRequest(f"This filter cannot be used: {asked.fault}\n", "text/plain")
    layout = LAYOUTS.get(request.GET.get("as", ""))
    only = [int(one) for one in request.GET.getlist("lead") if one.isdecimal() and len(one) < 19]
    which = replace(asked.which, clause=EVERYONE, words=Words()) if only else asked.which
    _note(request, view=asked.view.key, chosen=len(only), searched=bool(asked.words))
    answer = StreamingHttpResponse(
        lines(request.workspace, which, request.now, only, layout),
        content_type="text/csv; charset=utf-8",
    )
    name = f"{request.GET['as']}-" if layout else ""
    day = request.now.date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="leads-{name}{day}.csv"'
    return answer


def _note(request: InsideRequest, **told: Any) -> None:
    """Note the export: behind the wall a firm cannot pass, where what it does is noted as well."""
    with within(request.workspace):
        by = Actor.of(request.member)
        audit(request.workspace.id, "leads.export", by=by, now=request.now, **told)
