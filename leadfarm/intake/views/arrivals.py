"""What arrived, by door and state: read, replayed, let in, dismissed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import arrivals as questions
from leadfarm.intake.actions import Received, replay
from leadfarm.intake.actions.keeping import dismiss, take_up
from leadfarm.intake.codes import Door, ReceiptState
from leadfarm.intake.models import Receipt
from leadfarm.intake.views.imports import LEADING
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

LOOKING = (*LEADING, Role.PD)
STATES = (
    ("waiting", "To mend"),
    ("captured", "Captured"),
    ("quarantined", "Quarantined"),
    ("refused", "Refused"),
    ("ignored", "Ignored"),
    ("dismissed", "Dismissed"),
    ("all", "All"),
)


@require_safe
@only(*LOOKING)
def arrivals(request: InsideRequest) -> HttpResponse:
    """List what arrived: first what could not be read and somebody has to mend."""
    state = request.GET.get("state", "waiting")
    before = request.GET.get("before", "")
    shown = questions.Shown(
        Door.read(request.GET.get("door", "")),
        state if state in dict(STATES) else "waiting",
        int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    lines, rest = questions.arrivals(request.workspace, shown)
    counts = questions.waiting_by_door(request.workspace)
    context = {
        "lines": lines,
        "rest": rest,
        "shown": shown,
        "states": STATES,
        "doors": [(door, counts.get(int(door), 0)) for door in Door],
        "waiting": sum(counts.values()),
        "tabs": tabs(request, "mend" if shown.state == "waiting" else "all"),
    }
    return render(request, "intake/arrivals.html", context)


def tabs(request: InsideRequest, here: str) -> list[dict[str, object]]:
    """Return the three ways to look at what arrived, one owner each: mend, judge, look up."""
    place = {"workspace": request.workspace.slug}
    counts = questions.to_judge(request.workspace)
    every = reverse("intake:arrivals", kwargs=place)
    held = reverse("intake:quarantine", kwargs=place)
    ways = (
        ("mend", "To mend", every, counts.get(ReceiptState.REFUSED, 0)),
        ("judge", "Quarantine", held, counts.get(ReceiptState.QUARANTINED, 0)),
        ("all", "All arrivals", f"{every}?state=all", None),
    )
    return [
        {"label": label, "href": href, "count": many, "current": name == here}
        for name, label, href, many in ways
    ]


@require_safe
@only(*LOOKING)
def arrival(request: InsideRequest, receipt_id: int) -> HttpResponse:
    """Show one arrival: the raw payload beside what was made of it."""
    receipt = _receipt(request, receipt_id)
    context = {
        "line": questions.line(receipt),
        "payload": questions.payload_shown(receipt),
        "understood": questions.understood(receipt),
        "order": questions.match_order(receipt),
    }
    return render(request, "intake/arrival.html", context)


@require_POST
@only(*LOOKING)
def replayed(request: InsideRequest, receipt_id: int) -> HttpResponse:
    """Read the payload again and capture it; with `released` also what looked like junk."""
    receipt, by = _receipt(request, receipt_id), Actor.of(request.member)
    try:
        found = replay(receipt, now=request.now, by=by, released="released" in request.POST)
    except LeadfarmError as wrong:
        alarm(request, str(wrong))
    else:
        _tell(request, found)
    return redirect("intake:arrival", workspace=request.workspace.slug, receipt_id=receipt.pk)


@require_POST
@only(*LOOKING)
def dismissal(request: InsideRequest, receipt_id: int) -> HttpResponse:
    """Take an arrival off the list; the toast puts it back."""
    receipt = _receipt(request, receipt_id)
    if dismiss(receipt, by=request.member, now=request.now):
        holes = {"workspace": request.workspace.slug, "receipt_id": receipt.pk}
        toast(request, "Dismissed.", undo=reverse("intake:take-up-arrival", kwargs=holes))
    else:
        alarm(request, "It is captured or dismissed already.")
    return redirect("intake:arrivals", workspace=request.workspace.slug)


@require_POST
@only(*LOOKING)
def taken_up(request: InsideRequest, receipt_id: int) -> HttpResponse:
    """Put a dismissed arrival back on the list."""
    take_up(_receipt(request, receipt_id))
    toast(request, "It is on the list again.")
    return redirect("intake:arrivals", workspace=request.workspace.slug)


def _tell(request: InsideRequest, found: Received) -> None:
    if found.captured is not None:
        toast(request, f"Captured: {found.captured.opening.label.lower()}.")
    elif found.is_repeat:
        toast(request, "It is captured already; nothing was taken in twice.")
    else:
        state = ReceiptState(found.receipt.state).label.lower()
        alarm(request, f"Still {state}. {' '.join(found.receipt.reasons)}")


def _receipt(request: InsideRequest, receipt_id: int) -> Receipt:
    rows = Receipt.objects.of(request.workspace).select_related(
        *("workspace", "form", "endpoint", "mailbox", "payload", "lead", "touch"),
        *("contact__account", "dismissed_by"),
    )
    return get_object_or_404(rows, pk=receipt_id)
