"""What people do with the dossier: add an entry, confirm one, take one back."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads import actions
from leadfarm.leads.actions.learning import Fact
from leadfarm.leads.dossier_forms import EntryForm, read_lines
from leadfarm.leads.models import Finding, Lead, PersonalText, Touch
from leadfarm.leads.queries.dossier import value_of
from leadfarm.leads.queries.record import find_lead
from leadfarm.leads.views import record
from leadfarm.leads.views.acts import filled, on_lead
from leadfarm.rules.dossier.entry import Read
from leadfarm.ui import returned
from leadfarm.ui.toasts import toast


@require_POST
def add(request: InsideRequest, lead_id: int) -> HttpResponse:
    """Keep one line in the dossier; the toast says how it was read, and takes it back."""
    lead = find_lead(request.workspace, lead_id)
    form = EntryForm(request, request.POST)
    try:
        filled(request, "finding", form)
        read, fact = form.fact()
        finding = _keep(request, lead, form, fact)
        toast(request, _said(request, read, finding), undo=_address(request, finding, "withdrawal"))
    except LeadfarmError as refusal:
        returned.refused(request, str(refusal))
        return record.show(request, lead_id, status=400)
    return redirect(f"{_record(request, lead)}#dossier")


def _keep(request: InsideRequest, lead: Lead, form: EntryForm, fact: Fact) -> Finding:
    touch = _touch(request, lead, form.cleaned_data["touch"])
    by = Actor.of(request.member)
    when = form.happened_at()
    return actions.learn(lead, fact, by=by, now=request.now, touch=touch, happened_at=when)


def _touch(request: InsideRequest, lead: Lead, number: int | None) -> Touch | None:
    if number is None:
        return None
    touches = Touch.objects.of(request.workspace).filter(lead_id=lead.id)
    return touches.filter(id=number).first()


def _said(request: InsideRequest, read: Read, finding: Finding) -> str:
    what = f"{read.field.section.label}, {read.field.label.lower()}".rstrip(", ")
    value = value_of(finding, request.workspace.currency)
    return f"{what}: {value}. {read.remark}".strip()


def new(request: InsideRequest, lead_id: int) -> HttpResponse:
    """Show the form with what was said in a touch, to be cut to what is worth keeping."""
    lead = find_lead(request.workspace, lead_id)
    number = request.GET.get("touch", "")
    touch = _touch(request, lead, int(number) if number.isdecimal() and len(number) < 19 else None)
    if number and touch is None:
        raise Http404("No such touch.")
    words = _words_of(request, touch)
    form = EntryForm(request, initial=_guessed(words, touch))
    return render(request, "leads/dossier/new.html", {"lead": lead, "form": form, "words": words})


def _words_of(request: InsideRequest, touch: Touch | None) -> str:
    if touch is None:
        return ""
    texts = PersonalText.objects.of(request.workspace).filter(touch_id=touch.id)
    return texts.values_list("body", flat=True).first() or ""


def _guessed(words: str, touch: Touch | None) -> dict[str, object]:
    line = " ".join(words.split())[:600]
    return {"line": line, "touch": touch.id if touch else None}


@require_POST
def draft(request: InsideRequest, lead_id: int) -> HttpResponse:
    """Say how lines would be read, one after the other; nothing is kept."""
    find_lead(request.workspace, lead_id)
    try:
        read = read_lines(request, request.POST.get("entries", "") or request.POST.get("line", ""))
    except LeadfarmError as refusal:
        return HttpResponse(escape(str(refusal)))
    currency = request.workspace.currency
    context = {"entries": [(one, shown(one, currency)) for one in read]}
    return render(request, "leads/dossier/draft.html", context)


def shown(read: Read, currency: str) -> str:
    """Return the value of a line as it would be kept."""
    finding = Finding(section=read.field.section, field=read.field.name)
    finding.value_number, finding.value_date, finding.value_code = read.number, read.day, read.code
    measured = (read.number, read.day, read.code)
    is_words = all(value is None for value in measured)
    return read.words if is_words else value_of(finding, currency)


@on_lead
def withdraw(request: InsideRequest, lead: Lead) -> str:
    """Take back an entry that was wrong; what was said stays in its history."""
    number = _number(request)
    actions.take_back(lead, number, by=Actor.of(request.member), now=request.now)
    return "Taken back. It stays in the history of its field"


@on_lead
def confirm(request: InsideRequest, lead: Lead) -> str:
    """Say that an entry is right: it stands from now, as sure as can be."""
    finding = actions.say_again(
        lead, _number(request), by=Actor.of(request.member), now=request.now
    )
    return f"Confirmed: {value_of(finding, request.workspace.currency)}"


def _number(request: InsideRequest) -> int:
    assert request.resolver_match is not None
    return int(request.resolver_match.kwargs["finding_id"])


def _address(request: InsideRequest, finding: Finding, noun: str) -> str:
    place = {"workspace": request.workspace.slug, "lead_id": finding.lead_id}
    return reverse(f"leads:{noun}", kwargs={**place, "finding_id": finding.id})


def _record(request: InsideRequest, lead: Lead) -> str:
    return reverse("leads:record", kwargs={"workspace": request.workspace.slug, "lead_id": lead.id})
