"""Companies and people with what hangs on them, and the form to enter a lead by hand."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.by_hand import Entered, enter_by_hand, hand_in
from leadfarm.leads.actions.written import Written
from leadfarm.leads.models import Source
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import is_no_number, normal_email
from leadfarm.ui.toasts import toast

HOW = (
    *(TouchKind.CONTACT_US, TouchKind.CALL_IN, TouchKind.MAIL_IN, TouchKind.EVENT),
    TouchKind.LIST_ENTRY,
)
SOMEBODY = ("given_name", "family_name", "email", "phone", "company", "external_id")


class NewLeadForm(forms.Form):
    """What is known about a lead entered by hand; a person or a company is enough."""

    given_name = forms.CharField(label="Given name", required=False, max_length=100)
    family_name = forms.CharField(label="Family name", required=False, max_length=100)
    email = forms.CharField(label="E-mail", required=False, max_length=254)
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    job_title = forms.CharField(label="Job title", required=False, max_length=160)
    company = forms.CharField(label="Company", required=False, max_length=200)
    external_id = forms.CharField(
        label="Number elsewhere",
        required=False,
        max_length=120,
        help_text="What another system calls this lead. The same number is the same lead.",
    )
    title = forms.CharField(
        label="Title", required=False, max_length=200, help_text="What you call it in the list."
    )
    need = forms.CharField(
        label="Need",
        required=False,
        max_length=300,
        help_text="What they want solved, in their words. Sales-ready asks for it.",
    )
    source = forms.ModelChoiceField(
        Source.objects.none(), label="Source", required=False, empty_label="Not known"
    )
    kind = forms.TypedChoiceField(
        label="How did it come in?",
        choices=[(kind.value, kind.label) for kind in HOW],
        coerce=lambda value: TouchKind(int(value)),
    )

    def __init__(self, request: InsideRequest, *args: Any) -> None:
        super().__init__(*args)
        sources = self.fields["source"]
        assert isinstance(sources, forms.ModelChoiceField)
        sources.queryset = Source.objects.of(request.workspace).exclude(name="").order_by("name")

    def clean_email(self) -> str:
        """Refuse what is no address, so that no reply goes astray."""
        email = str(self.cleaned_data["email"]).strip()
        if email and normal_email(email) is None:
            raise forms.ValidationError("This is no e-mail address. Correct it, or leave it out.")
        return email

    def clean(self) -> dict[str, Any]:
        """Ask for somebody: a lead is about a person or a company."""
        data = super().clean() or {}
        told = {name for name in SOMEBODY if data.get(name, "").strip()}
        if is_no_number(data.get("phone", "")):
            told.discard("phone")
        if not self.errors and not told:
            raise forms.ValidationError("Name a person or a company: a lead is about somebody.")
        return data


def enter(request: InsideRequest) -> HttpResponse:
    """Show the form; enter the lead, or lead to the one that is there already and say why."""
    form = NewLeadForm(request, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "leads/people/new.html", {"form": form})
    written = Written(**form.cleaned_data)
    try:
        with transaction.atomic():
            entered = _entered(request, written)
    except LeadfarmError as refusal:  # somebody who was erased; a firm is not told so
        if request.member.firm_id is None:
            form.add_error(None, str(refusal))
            return render(request, "leads/people/new.html", {"form": form}, status=400)
        entered = None
    if entered is None:
        where = request.workspace.name
        toast(request, f"Handed in to {where}. It is on your list once they give it to you")
        return redirect("leads:list", workspace=request.workspace.slug)
    what = "Entered as a new lead" if entered.is_new else "It is there already"
    said = f"{what}: {entered.reason[:1].lower()}{entered.reason[1:]}"
    if is_no_number(written.phone):
        said = f"{said.rstrip('.')}. “{written.phone}” is no phone number: ask for it again."
    toast(request, said)
    return redirect("leads:record", workspace=request.workspace.slug, lead_id=entered.lead.id)


def _entered(request: InsideRequest, written: Written) -> Entered | None:
    """Enter it; None where an outside firm is not told what came of it."""
    if request.member.firm_id is not None:
        return hand_in(request.workspace, written, by=request.member, now=request.now)
    owner = (request.member.side, request.member.id)
    by = Actor.of(request.member)
    return enter_by_hand(request.workspace, written, owner, by=by, now=request.now)
