"""What being found costs: the bookings, a new one, and one taken out again."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.intake.actions.spending import Booking, book_spend, delete_spend
from leadfarm.intake.codes import SpendKind
from leadfarm.intake.forms import SpendForm
from leadfarm.intake.models import Spend
from leadfarm.intake.queries import booked, bookings, places
from leadfarm.intake.views.imports import LEADING
from leadfarm.ui.kept import brought_back, way_back
from leadfarm.ui.toasts import toast

SALT = "intake.deleted-spend"
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def spend(request: InsideRequest) -> HttpResponse:
    """List what was spent, of one campaign or source with `?for=`; a POST books some."""
    there, place = places(request.workspace), request.GET.get("for", "")
    given = request.POST if request.method == "POST" else None
    form = SpendForm(there, request.workspace.currency, given, initial={"place": place})
    if given is not None and form.is_valid():
        made = book_spend(request.workspace, form.booking(), by=request.member, now=request.now)
        toast(request, f"{made.amount:,} {request.workspace.currency} booked.")
        return redirect("intake:spend", workspace=request.workspace.slug)
    found = list(bookings(request.workspace, place)[: SHOWN + 1])
    sums = booked(request.workspace, there)
    context: dict[str, Any] = {
        "form": form,
        "lines": [(one, there.name(one), SpendKind(one.kind).label) for one in found[:SHOWN]],
        "sums": sums,
        "only": next((one for one in sums if one.place == place), None),
        "shown": SHOWN if len(found) > SHOWN else None,
    }
    return render(request, "intake/spend.html", context)


@require_POST
@only(*LEADING)
def delete(request: InsideRequest, spend_id: int) -> HttpResponse:
    """Take a booking out; the toast brings it back."""
    found = get_object_or_404(Spend.objects.of(request.workspace), id=spend_id)
    kept = delete_spend(found, by=request.member, now=request.now)
    told = {name: str(value) for name, value in asdict(kept).items() if value is not None}
    told["kind"] = str(int(kept.kind))
    back = reverse("intake:restore-spend", kwargs={"workspace": request.workspace.slug})
    undo = way_back(back, told, salt=SALT, owner=request.workspace.id)
    said = f"{kept.amount:,} {request.workspace.currency} taken out."
    toast(request, said, undo=undo)
    return redirect("intake:spend", workspace=request.workspace.slug)


@require_POST
@only(*LEADING)
def restore(request: InsideRequest) -> HttpResponse:
    """Book again what was taken out, within a day."""
    told = brought_back(request, salt=SALT, owner=request.workspace.id)
    made = book_spend(request.workspace, _booking(told), by=request.member, now=request.now)
    toast(request, f"{made.amount:,} {request.workspace.currency} booked again.")
    return redirect("intake:spend", workspace=request.workspace.slug)


def _booking(told: dict[str, str]) -> Booking:
    numbers = {name: int(told[name]) for name in ("campaign_id", "source_id") if name in told}
    return Booking(
        kind=SpendKind(int(told["kind"])),
        amount=Decimal(told["amount"]),
        from_day=date.fromisoformat(told["from_day"]),
        until_day=date.fromisoformat(told["until_day"]),
        note=told["note"],
        **numbers,
    )
