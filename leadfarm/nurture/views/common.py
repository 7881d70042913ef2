"""What the pages of programs share: finding one, and who may change it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.models import Program
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

EDITORS = (Role.MARKETER, Role.MANAGER, Role.ADMIN)
Act = Callable[..., str]


def find_program(request: InsideRequest, program_id: int) -> Program:
    """Return the program, or raise 404."""
    found = Program.objects.of(request.workspace).filter(id=program_id).first()
    if found is None:
        raise Http404("No such program.")
    return found


def may_edit(request: InsideRequest) -> bool:
    """Say whether this member may change programs: marketers, managers and admins."""
    return Role(request.member.role) in EDITORS


def check_may_edit(request: InsideRequest) -> None:
    """Raise LeadfarmError where the member may only look."""
    if not may_edit(request):
        raise LeadfarmError("Programs are changed by marketers.", "Ask one of them.")


def tabs_of(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs above the lists of programs and of streams."""
    names = {"Programs": "nurture:list", "Streams": "nurture:streams"}
    return [
        {
            "label": label,
            "href": reverse(name, args=[request.workspace.slug]),
            "current": label == current,
        }
        for label, name in names.items()
    ]


def on_program(act: Act) -> Callable[..., HttpResponse]:
    """Wrap an act: find the program, do it, say what was done, and go back to its tree."""

    @require_POST
    @wraps(act)
    def view(request: InsideRequest, program_id: int, **where: str) -> HttpResponse:
        program = find_program(request, program_id)
        try:
            check_may_edit(request)
            if said := act(request, program, **where):
                toast(request, said)
        except LeadfarmError as refusal:
            alarm(request, str(refusal))
        back = redirect("nurture:tree", workspace=request.workspace.slug, program_id=program.id)
        if selected := getattr(request, "selected", ""):
            back["Location"] += f"?step={selected}#step"
        return back

    return view
