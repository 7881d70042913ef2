"""Saving, changing and deleting the tabs above the list; deleting can be undone."""

from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.viewing import Kept, change_view, delete_view, save_view
from leadfarm.leads.models import SavedView
from leadfarm.leads.views.asked import Asked, read_asked
from leadfarm.rules.clauses import serialise
from leadfarm.ui.kept import brought_back, way_back
from leadfarm.ui.toasts import alarm, toast

SALT = "leads.deleted-view"


@require_POST
def save(request: InsideRequest) -> HttpResponse:
    """Keep what the list shows now under a name."""
    asked = _asked(request)
    try:
        view = save_view(request.member, _kept(request, asked))
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(asked.address())
    toast(request, f"View {view.name} saved")
    return _show(request, view)


@require_POST
def change(request: InsideRequest, view_id: int) -> HttpResponse:
    """Give an own view another name and the conditions the list has now."""
    view, asked = _own(request, view_id), _asked(request)
    try:
        change_view(view, _kept(request, asked))
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(asked.address())
    toast(request, f"View {view.name} saved")
    return _show(request, view)


@require_POST
def delete(request: InsideRequest, view_id: int) -> HttpResponse:
    """Take an own view away; the toast brings it back."""
    view = _own(request, view_id)
    name = view.name
    back = reverse("leads:view-restore", kwargs={"workspace": request.workspace.slug})
    undo = way_back(back, asdict(delete_view(view)), salt=SALT, owner=request.member.id)
    toast(request, f"View {name} deleted", undo=undo)
    return redirect("leads:list", workspace=request.workspace.slug)


@require_POST
def restore(request: InsideRequest) -> HttpResponse:
    """Bring a deleted view back, for whoever deleted it, within a day."""
    kept = brought_back(request, salt=SALT, owner=request.member.id)
    try:
        return _show(request, save_view(request.member, Kept(**kept)))
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("leads:list", workspace=request.workspace.slug)


def _asked(request: InsideRequest) -> Asked:
    """Return the question the page's form carried along in its body."""
    request.GET = request.POST
    asked = read_asked(request)
    if asked.fault:
        raise Http404("A view needs a filter that can be used.")
    return asked


def _kept(request: InsideRequest, asked: Asked) -> Kept:
    return Kept(
        name=request.POST.get("name", ""),
        shared=bool(request.POST.get("shared")),
        clause=serialise(asked.clause) if asked.clause.members else None,
        columns=asked.columns,
        sort=asked.order.name,
        layout=asked.layout,
    )


def _own(request: InsideRequest, view_id: int) -> SavedView:
    own = SavedView.objects.of(request.workspace).filter(id=view_id, owner_id=request.member.id)
    view = own.first()
    if view is None:
        raise Http404("No such view of yours.")
    return view


def _show(request: InsideRequest, view: SavedView) -> HttpResponse:
    page = reverse("leads:list", kwargs={"workspace": request.workspace.slug})
    return redirect(f"{page}?view=v{view.id}")
