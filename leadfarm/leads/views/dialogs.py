"""The forms behind the actions of the lead page, each drawn when it is opened."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.statements import plans_kept
from leadfarm.leads.forms import DIALOGS, Dialog
from leadfarm.leads.models import Lead
from leadfarm.leads.panels import registry
from leadfarm.leads.queries.record import find_lead
from leadfarm.ui import returned

_drawn: dict[str, SafeString] = {}


@plans_kept()
def show(request: InsideRequest, lead_id: int, dialog: str) -> HttpResponse:
    """Show one form: for its dialog, or as a page of its own where scripts do not run."""
    asked = DIALOGS.get(dialog)
    if asked is None:
        raise Http404("No such form.")
    lead = find_lead(request.workspace, lead_id)
    inside = bool(request.headers.get("HX-Request"))
    template = asked.template if inside else "leads/record/dialog.html"
    return render(request, template, _filled(request, lead, asked))


show.walked_with = {"dialog": "call"}  # type: ignore[attr-defined]


def of_page(request: InsideRequest, lead: Lead) -> list[dict[str, Any]]:
    """Return the dialogs of the lead page; the one whose form came back with it, open."""
    back = returned.came_back(request)
    name = back[0] if back else ""
    return [
        {**_filled(request, lead, each), "again": each.name == name}
        if each.at_once or each.name == name
        else {"dialog": each, "source": _address(request, lead, each)}
        for each in DIALOGS.values()
    ]


def _filled(request: InsideRequest, lead: Lead, asked: Dialog) -> dict[str, Any]:
    """Return what draws the form with what other rooms say inside it."""
    more = registry.drawn(request, lead, "call").get("call") if asked.name == "call" else None
    return {"dialog": asked, "lead": lead, "form": _form(request, lead, asked), "more": more}


def _form(request: InsideRequest, lead: Lead, asked: Dialog) -> BaseForm | SafeString:
    """Return the form as it came back, else a fresh one; drawn already where all are alike."""
    back = returned.came_back(request)
    if back is not None and back[0] == asked.name:
        return back[1]
    if not asked.always_the_same:
        return asked.fresh(request, lead)
    if asked.name not in _drawn:
        _drawn[asked.name] = SafeString(asked.fresh(request, lead))
    return _drawn[asked.name]


def _address(request: InsideRequest, lead: Lead, asked: Dialog) -> str:
    return reverse("leads:dialog", args=[request.workspace.slug, lead.id, asked.name])
