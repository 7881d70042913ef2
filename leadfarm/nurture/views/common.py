"""What the pages of programs share: finding one, and who may change it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture.actions import Hand, check_number
from leadfarm.nurture.models import Program
from leadfarm.rules.codes import Role
from leadfarm.ui.numbers import row_id
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
        return redirect(tree_at(request, program))

    return view


@dataclass(frozen=True)
class Done:
    """What an act on a draft did: the words, the step to show, and where the eye goes next.

    `on_tree`: to the step in the tree, else to its panel. What `changed` the draft offers undo.
    """

    said: str
    step: str = ""
    on_tree: bool = False
    changed: bool = True


def on_draft(act: Callable[..., Done]) -> Callable[..., HttpResponse]:
    """Wrap an act on a draft: done on the draft that was looked at, with a way back, or refused."""

    @require_POST
    @wraps(act)
    def view(
        request: InsideRequest, program_id: int, number: int | None = None, **where: str
    ) -> HttpResponse:
        program = find_program(request, program_id)
        try:
            check_may_edit(request)
            check_number(program, seen_number(request, program) if number is None else number)
            done = act(request, program, **where)
        except LeadfarmError as refusal:
            alarm(request, str(refusal))
            return redirect(tree_at(request, program, where.get("key", "")))
        toast(request, done.said, undo=undo_at(request, program) if done.changed else "")
        return redirect(tree_at(request, program, done.step, on_tree=done.on_tree))

    return view


def hand_of(request: InsideRequest) -> Hand:
    """Return who changes the draft, and when."""
    return Hand(Actor.of(request.member), request.now)


def seen_number(request: InsideRequest, program: Program) -> int:
    """Return the number of the draft that was looked at.

    A form that can overwrite nothing, as one that adds a step, tells none: then it is the present.
    """
    told = request.POST.get("number", "")
    return row_id(told) or 0 if told else program.draft_number


def undo_at(request: InsideRequest, program: Program) -> str:
    """Return the address that takes back what was just done to the draft."""
    where = [request.workspace.slug, program.id, program.draft_number]
    return reverse("nurture:undo", args=where)


def tree_at(
    request: InsideRequest, program: Program, step: str = "", *, on_tree: bool = False
) -> str:
    """Return the address of a program's tree, with a step chosen where one is named."""
    address = reverse("nurture:tree", args=[request.workspace.slug, program.id])
    if not step:
        return address
    there = f"node-{quote(step)}" if on_tree else "step"
    return f"{address}?{urlencode({'step': step})}#{there}"
