"""Settings: who is away when, and what becomes of their tasks."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member
from leadfarm.access.queries import colleagues
from leadfarm.access.views.frame import LEADING, settings_page
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import being_away
from leadfarm.leads.models import TimeOff
from leadfarm.rules.codes import Role
from leadfarm.ui.kept import brought_back, way_back
from leadfarm.ui.toasts import alarm, toast

TAB = "leads:time-off"


class TimeOffForm(forms.Form):
    """Who is away, and from when until when."""

    member = forms.ModelChoiceField(queryset=Member.objects.none(), label="Who", empty_label=None)
    from_on = forms.DateField(label="First day away", widget=forms.DateInput({"type": "date"}))
    until_on = forms.DateField(label="Last day away", widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Refuse days that end before they begin."""
        told = super().clean() or {}
        first, last = told.get("from_on"), told.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day lies before the first.")
        return told


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: InsideRequest) -> HttpResponse:
    """Show who is away, now or later, with the tasks of these days; by POST enter time off."""
    form = TimeOffForm(request.POST or None, initial={"member": request.member.id})
    field: Any = form.fields["member"]
    field.queryset = _reachable(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = (data["from_on"], data["until_on"])
        try:
            being_away.be_away(data["member"], *days, by=request.member, now=request.now)
        except LeadfarmError as refused:
            form.add_error(None, str(refused))
        else:
            toast(request, f"{data['member'].name} gets no new leads on these days")
            return redirect(TAB, workspace=request.workspace.slug)
    return settings_page(
        *(request, "leads/routing/time_off.html", TAB),
        status=400 if form.errors else 200,
        form=form,
        rows=_rows(request),
        others=list(colleagues(request.member)),
    )


@require_POST
def end(request: InsideRequest, timeoff_id: int) -> HttpResponse:
    """End time off: they are here again, with their tasks; the toast brings it back."""
    one = _find(request, timeoff_id)
    told = {"member": one.member_id, "from": str(one.from_on), "until": str(one.until_on)}
    address = reverse("leads:restore-time-off", args=[request.workspace.slug])
    undo = way_back(address, told, salt=TAB, owner=request.workspace.id)
    being_away.be_back(one, now=request.now)
    toast(request, f"{one.member.name} is here again", undo=undo)
    return redirect(TAB, workspace=request.workspace.slug)


@require_POST
def restore(request: InsideRequest) -> HttpResponse:
    """Enter time off again that was ended by mistake, within a day."""
    told = brought_back(request, salt=TAB, owner=request.workspace.id)
    member = get_object_or_404(_reachable(request), id=told["member"])
    days = (date.fromisoformat(told["from"]), date.fromisoformat(told["until"]))
    try:
        being_away.be_away(member, *days, by=request.member, now=request.now)
    except LeadfarmError as refused:
        alarm(request, str(refused))
    else:
        toast(request, f"{member.name} is away again; their tasks are with them")
    return redirect(TAB, workspace=request.workspace.slug)


@require_POST
def tasks(request: InsideRequest, timeoff_id: int) -> HttpResponse:
    """Hand the tasks of these days to a colleague, or put them off to the return."""
    one, to = _find(request, timeoff_id), request.POST.get("to", "")
    try:
        if to == "later":
            many = being_away.put_tasks_off(one, request.workspace, now=request.now)
            said = f"put off to the return of {one.member.name}"
        else:
            other = _colleague(request, to)
            many = being_away.hand_tasks(one, request.workspace, other)
            said = f"handed to {other.name}"
    except LeadfarmError as refused:
        alarm(request, str(refused))
    else:
        undo_address = reverse("leads:undo-time-off", args=[request.workspace.slug, one.id])
        toast(request, f"{many:,} task{'' if many == 1 else 's'} {said}", undo=undo_address)
    return redirect(TAB, workspace=request.workspace.slug)


@require_POST
def undo(request: InsideRequest, timeoff_id: int) -> HttpResponse:
    """Take back what was done with the tasks."""
    many = being_away.take_tasks_back(_find(request, timeoff_id))
    toast(request, f"{many:,} task{'' if many == 1 else 's'} as before")
    return redirect(TAB, workspace=request.workspace.slug)


def _rows(request: InsideRequest) -> list[dict[str, Any]]:
    times = list(_times(request))
    due = being_away.tasks_in(times, request.workspace)
    return [{"one": one, "tasks": due[one.id], "moved": len(one.moved)} for one in times]


def _times(request: InsideRequest) -> QuerySet[TimeOff]:
    """Return the time off of everybody this member may change, soonest first."""
    coming = TimeOff.objects.of(request.workspace).filter(until_on__gte=request.now.date())
    mine = coming.filter(member__in=_reachable(request))
    return mine.select_related("member").order_by("from_on", "id")[:50]


def _find(request: InsideRequest, timeoff_id: int) -> TimeOff:
    rows = TimeOff.objects.of(request.workspace).filter(member__in=_reachable(request))
    return get_object_or_404(rows.select_related("member"), id=timeoff_id)


def _colleague(request: InsideRequest, number: str) -> Member:
    if not number.isdecimal() or len(number) > 18:
        raise LeadfarmError("Choose who does these tasks, or put them off.")
    return get_object_or_404(colleagues(request.member), id=int(number))


def _reachable(request: InsideRequest) -> QuerySet[Member]:
    """Return whose time off this member enters: their own; managers and admins everybody's."""
    leads_others = Role(request.member.role) in LEADING and request.member.firm_id is None
    here = colleagues(request.member)
    return here if leads_others else here.filter(id=request.member.id)
