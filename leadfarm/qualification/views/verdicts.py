"""One small page per verb of a lead: what it asks for, and what follows beside each choice."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.record import find_lead
from leadfarm.qualification import readiness as ready
from leadfarm.qualification.actions.delivering import NothingInForce, latest_delivery
from leadfarm.qualification.forms import VerdictForm
from leadfarm.qualification.readiness import Readiness
from leadfarm.qualification.verbs import BY_NOUN, LeadVerb
from leadfarm.rules.codes import Code, Role
from leadfarm.rules.stages import Stage
from leadfarm.ui.toasts import alarm, toast


def show(request: InsideRequest, lead_id: int, noun: str) -> HttpResponse:
    """Show the form of a verb, or do it and go back to the lead.

    Who may not do it, or comes too late, reads why on the lead page.
    """
    lead, verb = find_lead(request.workspace, lead_id), BY_NOUN[noun]
    back = redirect("leads:record", workspace=request.workspace.slug, lead_id=lead.id)
    if not verb.is_open_to(Role(request.member.role), Stage(lead.standing.stage)):
        alarm(request, _why_closed(request, lead, verb))
        return back
    sent = request.POST if request.method == "POST" else None
    form = verb.form(sent, request=request, lead=lead, delivery=latest_delivery(lead))
    if form.is_valid():
        try:
            toast(request, verb.act(request, lead, form.cleaned_data))
        except LeadfarmError as refused:
            if not form.fields:
                alarm(request, str(refused))
                return back
            form.add_error(None, str(refused))
        else:
            return back
    return render(request, "qualification/verdict.html", _page(request, lead, verb, form))


def _page(request: InsideRequest, lead: Lead, verb: LeadVerb, form: VerdictForm) -> dict[str, Any]:
    reason = form["reason"] if "reason" in form.fields else None
    found = _readiness(request, lead) if verb.noun == "delivery" else None
    return {
        "lead": lead,
        "verb": verb,
        "form": form,
        "reason": reason,
        "reasons": _reasons(verb, form),
        "fields": [field for field in form if field.name != "reason"],
        "chosen": str(form.data.get("reason", "")),
        "criteria": _criteria(verb, form, found),
        "lacking": _lacking(found) if verb.noun == "delivery" else None,
        "frozen": form.delivery if verb.noun in ("acceptance", "rejection") else None,
    }


def _reasons(verb: LeadVerb, form: VerdictForm) -> list[dict[str, str]]:
    if "reason" not in form.fields:
        return []
    codes: list[Code] = [
        form.fields["reason"].coerce(value)  # type: ignore[attr-defined]
        for value, _label in form.fields["reason"].choices  # type: ignore[attr-defined]
    ]
    # The tenth is chosen by 0, as on a telephone.
    return [
        {
            "value": str(int(code)),
            "key": str((place + 1) % 10),
            "label": code.label,
            "then": verb.thens.get(code.slug, ""),
        }
        for place, code in enumerate(codes)
    ]


def _readiness(request: InsideRequest, lead: Lead) -> Readiness | None:
    definition = ready.in_force(lead.workspace_id)
    return ready.readiness(lead, definition, now=request.now) if definition else None


def _lacking(found: Readiness | None) -> dict[str, Any] | None:
    """Return what stands against a delivery in one line, and each criterion; None: nothing."""
    if found is None:
        return {"head": str(NothingInForce())}
    if found.met:
        return None
    many = len(found.missing)
    head = "One criterion is missing" if many == 1 else f"{many} criteria are missing"
    return {"head": f"{head}; close the gaps first.", "criteria": found.missing}


def _criteria(verb: LeadVerb, form: VerdictForm, found: Readiness | None) -> list[dict[str, Any]]:
    """Return the criteria beside the form: frozen at delivery, or as they are now."""
    if verb.noun in ("acceptance", "rejection") and form.delivery is not None:
        return list(form.delivery.criteria["reasons"])
    return ready.frozen_reasons(found) if found else []


def _why_closed(request: InsideRequest, lead: Lead, verb: LeadVerb) -> str:
    stage = Stage(lead.standing.stage)
    if stage in verb.stages:
        role = Role(request.member.role).label.lower()
        return f"{verb.label}: not for a {role}. Ask a colleague whose part it is."
    delivery = latest_delivery(lead)
    said = delivery.answer() if delivery and verb.noun in ("acceptance", "rejection") else None
    if said is not None:
        return said.in_words()
    return f"{verb.label}: the lead is {stage.label} now."
