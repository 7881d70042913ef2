"""Quarantine: what looked like junk, why, and the ways back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake import quarantine as held_back
from leadfarm.intake.models import LetIn
from leadfarm.intake.views.arrivals import tabs
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

JUDGES = (Role.MARKETER, Role.PD, Role.MANAGER, Role.ADMIN)


@require_safe
@only(*JUDGES)
def show(request: InsideRequest) -> HttpResponse:
    """Show what is held, the newest first, and which hosts are always let in."""
    held, total = held_back.held(request.workspace)
    hosts = LetIn.objects.of(request.workspace).order_by("host")
    context = {"held": held, "total": total, "hosts": hosts, "tabs": tabs(request, "judge")}
    return render(request, "intake/quarantine.html", context)


@require_POST
@only(*JUDGES)
def release(request: InsideRequest) -> HttpResponse:
    """Let the picked ones in, as of the time they came, or set them aside for good."""
    ids = [int(each) for each in request.POST.getlist("pick") if each.isdigit()]
    if not ids:
        alarm(request, "Nothing is picked. Tick what you judge first.")
        return _back(request)
    if request.POST.get("verdict") == "junk":
        rows = held_back.waiting(request.workspace).filter(id__in=ids)
        many = rows.update(dismissed_at=request.now, dismissed_by=request.member)
        undo = f"{_address(request, 'take-up')}?at={request.now.timestamp()}"
        toast(request, f"Set aside: {many}.", undo=undo if many else "")
        return _back(request)
    many, refused = held_back.release(request.workspace, ids, by=request.member, now=request.now)
    toast(request, f"Let in: {many}.")
    for sentence in refused:
        alarm(request, sentence)
    return _back(request)


@require_POST
@only(*JUDGES)
def take_up(request: InsideRequest) -> HttpResponse:
    """Put back what was set aside at that moment."""
    held_back.set_aside(request.workspace, request.GET.get("at", "")).update(
        dismissed_at=None, dismissed_by=None
    )
    return _back(request)


@require_POST
@only(*JUDGES)
def let_in(request: InsideRequest) -> HttpResponse:
    """Never hold this host against anybody again."""
    host = request.POST.get("host", "").strip()
    if host:
        made = held_back.let_in(request.workspace, host, by=request.member, now=request.now)
        toast(request, f"{made.host} is always let in.", undo=_address(request, "hold", made.id))
    return _back(request)


@require_POST
@only(*JUDGES)
def hold(request: InsideRequest, let_in_id: int) -> HttpResponse:
    """Judge the host again as any other."""
    get_object_or_404(LetIn.objects.of(request.workspace), id=let_in_id).delete()
    toast(request, "Judged like any other again.")
    return _back(request)


def _back(request: InsideRequest) -> HttpResponse:
    return redirect("intake:quarantine", workspace=request.workspace.slug)


def _address(request: InsideRequest, name: str, number: int | None = None) -> str:
    place: dict[str, object] = {"workspace": request.workspace.slug}
    return reverse(f"intake:{name}", kwargs=place | ({"let_in_id": number} if number else {}))
