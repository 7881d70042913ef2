"""Privacy on the page of a person: the ledger, and what may be written down there."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.consent import jobs
from leadfarm.consent.actions import Proof, agree, undo_withdrawal, undoable, withdraw
from leadfarm.consent.actions.rights import Correction, ask, correct, object_to_profiling
from leadfarm.consent.forms import ConsentForm, CorrectionForm, RequestForm
from leadfarm.consent.models import Consent, PrivacyRequest
from leadfarm.consent.queries.ledger import consents_of, permissions, written
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Contact
from leadfarm.leads.queries.people import find_contact
from leadfarm.leads.views import contacts
from leadfarm.rules.codes import Role
from leadfarm.rules.consent import Purpose
from leadfarm.rules.permission import Permission
from leadfarm.rules.privacy import RequestKind, RequestState
from leadfarm.ui.returned import form_of, refused, sent
from leadfarm.ui.toasts import alarm, toast

KEEPERS = (Role.MARKETER, Role.PD, Role.SALES_REP, Role.MANAGER, Role.ADMIN)
OFFICERS = (Role.MANAGER, Role.ADMIN)
# What was done, in words, and the address that takes it back (or none).
Done = str | tuple[str, str]
Act = Callable[..., Done]


def ledger(request: InsideRequest, contact: Contact) -> dict[str, Any] | None:
    """Return the consent ledger and the forms beside it; None for who is erased."""
    if contact.erased_at is not None:
        return None
    given = consents_of(contact)
    requests = PrivacyRequest.objects.of(request.workspace).filter(contact=contact)
    is_ours = request.member.firm_id is None
    return {
        "contact": contact,
        "lines": _lines(request, contact, given),
        "given": written(given, request.now),
        "is_ours": is_ours,
        "is_officer": is_ours and request.member.role in OFFICERS,
        "requests": [
            (one, RequestKind(one.kind), RequestState(one.state))
            for one in requests.order_by("-asked_at")[:10]
        ],
        "forms": {
            "consent": form_of(request, "consent", lambda: _consent_form(request)),
            "request": form_of(request, "request", lambda: RequestForm(prefix="request")),
            "correction": form_of(request, "correction", lambda: _correction_form(contact)),
        },
    }


def _lines(
    request: InsideRequest, contact: Contact, given: list[Consent]
) -> list[tuple[Permission, int | None]]:
    """Return the answer for each purpose, and what undoes a withdrawal of a moment ago."""
    slips = undoable(contact, by=request.member, now=request.now)
    found = permissions(request.workspace, contact, given, request.now)
    return [(line, slips.get(line.purpose)) for line in found]


def _consent_form(request: InsideRequest) -> ConsentForm:
    today = timezone.localtime(request.now).date()
    return ConsentForm(initial={"happened_on": today}, today=today, prefix="consent")


def _correction_form(contact: Contact) -> CorrectionForm:
    return CorrectionForm(instance=contact, prefix="correction")


def on_contact(*roles: Role) -> Callable[[Act], Callable[..., HttpResponse]]:
    """Wrap an act: find the person, do it, say what was done, and go back to their page.

    A form that is not right comes back there as it was typed.
    """

    def wrap(act: Act) -> Callable[..., HttpResponse]:
        @require_POST
        @only(*roles)
        @wraps(act)
        def view(request: InsideRequest, contact_id: int, **more: int) -> HttpResponse:
            contact = find_contact(request.workspace, contact_id)
            try:
                with transaction.atomic():
                    done = act(request, contact, **more)
                    said, undo = (done, "") if isinstance(done, str) else done
                    toast(request, said, undo=undo)
            except LeadfarmError as refusal:
                if refused(request, str(refusal)):
                    return contacts.contact(request, contact_id, status=400)
                alarm(request, str(refusal))
            slug = request.workspace.slug
            if made := getattr(request, "goes_on", None):
                return redirect("consent:request", workspace=slug, privacy_request_id=made.id)
            return redirect("leads:contact", workspace=slug, contact_id=contact.id)

        return view

    return wrap


@on_contact(*KEEPERS)
def record_consent(request: InsideRequest, contact: Contact) -> str:
    """Write a consent down with its proof."""
    today = timezone.localtime(request.now).date()
    form = sent(request, "consent", ConsentForm(request.POST, today=today, prefix="consent"))
    if not form.is_valid():
        raise LeadfarmError("Say what for, when, in which words, and where the proof lies.")
    told = form.cleaned_data
    at = min(datetime.combine(told["happened_on"], time(12), UTC), request.now)
    proof = Proof(
        wording_version="by hand", source=told["source"], wording=told["wording"],
        basis=told["basis"],
    )  # fmt: skip
    by = Actor.of(request.member)
    agree(contact, told["purpose"], proof, happened_at=at, now=request.now, by=by)
    return f"Written down: {told['purpose'].label}, {told['basis'].label.lower()}"


@on_contact(*KEEPERS)
def withdraw_consent(request: InsideRequest, contact: Contact) -> Done:
    """Take a purpose back for them; for some minutes a slip can be undone."""
    named = request.POST.get("purpose", "")
    purpose = next((p for p in Purpose if str(p.value) == named and p.can_be_refused), None)
    if purpose is None:
        raise LeadfarmError("Say which purpose they take back.")
    bar = withdraw(contact, purpose, by=Actor.of(request.member), now=request.now)
    hole = {"workspace": request.workspace.slug, "contact_id": contact.id}
    undo = bar and reverse("consent:undo-withdrawal", kwargs=hole | {"suppression_id": bar.id})
    return f"{purpose.label}: withdrawn. No more mail for it", undo or ""


@on_contact(*KEEPERS)
def undo_withdrawn(request: InsideRequest, contact: Contact, suppression_id: int) -> str:
    """Let stand again what was withdrawn by a slip of the hand."""
    purpose = undo_withdrawal(contact, suppression_id, by=request.member, now=request.now)
    return f"{purpose.label}: as it was"


@on_contact(*OFFICERS)
def set_profiling(request: InsideRequest, contact: Contact) -> str:
    """Switch the objection to profiling on or off."""
    objects = request.POST.get("objects") == "yes"
    by = Actor.of(request.member)
    object_to_profiling(contact, objects=objects, by=by, now=request.now)
    return "Nothing is scored any more" if objects else "Scored again from the next touch on"


@on_contact(*KEEPERS)
def set_right(request: InsideRequest, contact: Contact) -> str:
    """Correct name, address, number or title."""
    form = CorrectionForm(request.POST, prefix="correction", instance=contact)
    sent(request, "correction", form)
    if not form.is_valid():
        raise LeadfarmError("A value is too long. Shorten it.")
    right = Correction(form.values(), form.cleaned_data["why"], form.cleaned_data["bar_old"])
    fresh = get_object_or_404(Contact.objects.of(request.workspace), id=contact.id)
    changed = correct(fresh, right, by=request.member, now=request.now)
    return f"Corrected: {', '.join(changed).replace('_', ' ')}" if changed else "Nothing changed"


@on_contact(*OFFICERS)
def use_right(request: InsideRequest, contact: Contact) -> str:
    """Write down what they ask of us; objections are obeyed at once.

    An erasure goes on to its own page, which shows what it takes before it begins.
    """
    form = sent(request, "request", RequestForm(request.POST, prefix="request"))
    if not form.is_valid():
        raise LeadfarmError("Choose what they ask for.")
    kind, note = form.cleaned_data["kind"], form.cleaned_data["note"]
    made = ask(contact, kind, note=note, by=request.member, now=request.now)
    if kind is not RequestKind.ERASURE:
        return f"{kind.label}: written down"
    if made.not_before is not None:
        jobs.erase_when_due(made)
    request.goes_on = made  # type: ignore[attr-defined]
    return "Erasure: written down. Nothing is erased yet"
