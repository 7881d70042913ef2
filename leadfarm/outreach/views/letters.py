"""A mail written by hand to the contact of a lead."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.middleware import InsideRequest
from leadfarm.consent.quiet import quiet_of
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.record import find_lead
from leadfarm.outreach.actions import Letter, plan_by_hand
from leadfarm.outreach.forms import LetterForm
from leadfarm.ui.toasts import alarm, toast


def write(request: InsideRequest, lead_id: int) -> HttpResponse:
    """Show the form with what speaks against writing now; plan what is sent, and go back."""
    lead = find_lead(request.workspace, lead_id)
    back = redirect("leads:record", workspace=request.workspace.slug, lead_id=lead.id)
    contact = lead.contact
    if contact is None or not contact.email_key:
        alarm(request, "There is no mail address. Find it first, and keep it on the contact.")
        return back
    quiet = quiet_of(request.workspace, contact, now=request.now)
    sent = request.POST if request.method == "POST" else None
    form = LetterForm(sent, is_quiet=quiet is not None)
    if form.is_valid():
        try:
            letter = Letter(**form.cleaned_data)
            plan_by_hand(lead, contact, letter, by=request.member, now=request.now)
        except LeadfarmError as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, "The mail goes out within a minute")
            return back
    context = {"lead": lead, "contact": contact, "quiet": quiet, "form": form}
    return render(request, "outreach/letter.html", context)


def offer(_request: InsideRequest, lead: Lead) -> dict[str, Any] | None:
    """Return the way to the form, for the menu of a lead whose contact has an address."""
    return {} if lead.contact is not None and lead.contact.email_key else None
