"""Events: planned, run on the day (people met, people at the door), closed and followed up."""

import secrets

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.actions.events import check_in, close_event, meet, plan_calls, take_back
from leadfarm.intake.event_forms import EventForm, MetForm, next_hour
from leadfarm.intake.event_queries import Part, guests_of
from leadfarm.intake.models import Event
from leadfarm.intake.views.imports import LEADING
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

OURS = tuple(Role)
NOT_SAVED = "It could not be saved. Nothing you wrote is lost: try again."


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def new(request: InsideRequest) -> HttpResponse:
    """Plan an event, which is a campaign with a day."""
    return _planned(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def plan(request: InsideRequest, event_id: int) -> HttpResponse:
    """Change the plan of an event."""
    return _planned(request, find_event(request, event_id))


def _planned(request: InsideRequest, event: Event | None) -> HttpResponse:
    form = EventForm(request.workspace, event, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        kept = form.keep(request.now)
        toast(request, f"{kept.campaign.name} is planned.")
        return redirect("insight:event", workspace=request.workspace.slug, event_id=kept.id)
    if event is None:
        form.initial["starts_at"] = next_hour(request.now)
        form.initial["ends_at"] = next_hour(request.now, 1)
    status = 422 if form.is_bound else 200
    context = {"form": form, "event": event}
    return render(request, "intake/event_plan.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OURS)
def met(request: InsideRequest, event_id: int) -> HttpResponse:
    """Write down somebody met at the event; what cannot be saved stays in the form."""
    event = find_event(request, event_id)
    form = MetForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                lead = meet(event, form.met(event), by=request.member, now=request.now)
        except (DatabaseError, LeadfarmError):
            alarm(request, NOT_SAVED)
        else:
            toast(request, f"{form.cleaned_data['name']} is noted: {lead.title or 'a lead'}")
            return redirect(request.path)
    if not form.is_bound:
        form.initial["key"] = secrets.token_urlsafe(12)
    context = {"form": form, "event": event}
    return render(request, "intake/event_met.html", context, status=422 if form.is_bound else 200)


@require_safe
@only(*OURS)
def door(request: InsideRequest, event_id: int) -> HttpResponse:
    """Show who is expected, and who is in; the words of the search narrow it."""
    event, words = find_event(request, event_id), request.GET.get("q", "")
    everybody = guests_of(event, words)
    context = {
        "event": event,
        "words": words,
        "expected": [one for one in everybody if one.part in (Part.REGISTERED, Part.NO_SHOW)],
        "inside": [one for one in everybody if one.part in (Part.ATTENDED, Part.WALK_IN)],
    }
    return render(request, "intake/event_door.html", context)


@require_POST
@only(*OURS)
def came(request: InsideRequest, event_id: int, lead_id: int, contact_id: int) -> HttpResponse:
    """Check somebody in at the door."""
    event = find_event(request, event_id)
    lead = get_object_or_404(Lead.objects.of(request.workspace), id=lead_id)
    contact = get_object_or_404(Contact.objects.of(request.workspace), id=contact_id)
    check_in(event, lead, contact, by=request.member, now=request.now)
    where = {"workspace": request.workspace.slug, "event_id": event.id, "contact_id": contact.id}
    toast(request, f"{contact.name} is in.", undo=reverse("intake:not-come", kwargs=where))
    return redirect("intake:event-door", workspace=request.workspace.slug, event_id=event.id)


@require_POST
@only(*OURS)
def not_come(request: InsideRequest, event_id: int, contact_id: int) -> HttpResponse:
    """Take a check-in back."""
    event = find_event(request, event_id)
    if not take_back(event, contact_id):
        alarm(request, "This check-in is on the record already. Write a note on the lead instead.")
    return redirect("intake:event-door", workspace=request.workspace.slug, event_id=event.id)


@require_POST
@only(*LEADING)
def close(request: InsideRequest, event_id: int) -> HttpResponse:
    """Mark who did not come, once the event is over."""
    event = find_event(request, event_id)
    if request.now < event.starts_at:
        alarm(request, "It has not begun yet. Mark who did not come when it is over.")
    else:
        many = close_event(event, by=request.member, now=request.now)
        toast(request, f"{many:,} {'person' if many == 1 else 'people'} marked as not come.")
    return redirect("insight:event", workspace=request.workspace.slug, event_id=event.id)


@require_POST
@only(*LEADING, Role.PD)
def calls(request: InsideRequest, event_id: int) -> HttpResponse:
    """Plan a call with everybody who had one part in the event."""
    event, told = find_event(request, event_id), request.POST.get("part", "")
    part = next((one for one in Part if one.value == told), None)
    if part is not None:
        leads = [guest.lead_id for guest in guests_of(event) if guest.part is part]
        many = plan_calls(event, leads, part.value, now=request.now)
        rest = len(set(leads)) - many
        others = f"; {rest:,} had something planned already" if rest else ""
        toast(request, f"{many:,} call{'' if many == 1 else 's'} planned{others}.")
    return redirect("insight:event", workspace=request.workspace.slug, event_id=event.id)


def find_event(request: InsideRequest, event_id: int) -> Event:
    """Return the event with its campaign, or raise Http404."""
    found = Event.objects.of(request.workspace).select_related("campaign__source", "workspace")
    return get_object_or_404(found, id=event_id)
