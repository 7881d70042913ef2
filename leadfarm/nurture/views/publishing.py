"""Publishing a draft: who is in the program, where they stand, and whether they go along."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture import actions
from leadfarm.nurture.models import Program, ProgramVersion
from leadfarm.nurture.views.common import check_may_edit, find_program, seen_number, tree_at
from leadfarm.nurture.views.pages import head_of
from leadfarm.rules.programs import Program as Tree
from leadfarm.rules.programs import compile_tree
from leadfarm.ui.toasts import alarm, toast


def publication(request: InsideRequest, program_id: int) -> HttpResponse:
    """Show who is affected by a new version; posted, publish it, and take along who is to go."""
    program = find_program(request, program_id)
    if request.method != "POST":
        return _show(request, program)
    try:
        check_may_edit(request)
        actions.check_number(program, seen_number(request, program))
        with transaction.atomic():
            toast(request, _publish(request, program))
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return redirect(tree_at(request, program))


def _publish(request: InsideRequest, program: Program) -> str:
    """Publish where there is a draft, move who is to be moved; return what was done."""
    moves, said = request.POST.get("people") == "move", ""
    if program.draft is not None or not moves:
        version = actions.publish(program, by=Actor.of(request.member), now=request.now)
        said = f"Version {version.number} is published. "
    if not moves:
        return f"{said}Leads in the program stay on their version."
    version = ProgramVersion.objects.of(request.workspace).get(id=program.version_id or 0)
    choices = {
        name.removeprefix("to-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("to-")
    }
    moved = actions.move_on(program, version, choices, now=request.now)
    said += f"{moved:,} lead{'' if moved == 1 else 's'} went on in version {version.number}"
    left = sum(stop.count for stop in actions.stops(program, Tree("", None, ()), version.id))
    return f"{said}; {left:,} who had just answered stay on theirs." if left else f"{said}."


def _show(request: InsideRequest, program: Program) -> HttpResponse:
    tree, faults = actions.check(program.workspace_id, actions.draft_of(program))
    newest = None if program.draft is not None else program.version_id
    behind = actions.stops(program, tree, newest)
    context: dict[str, Any] = {
        **head_of(request, program, "Changes"),
        "faults": faults,
        "number": program.draft_number,
        "stops": behind,
        "affected": sum(stop.count for stop in behind),
        "targets": [
            {"key": step.key, "label": step.label, "kind": step.kind.label, "ends": step.kind.ends}
            for step in compile_tree(tree).steps
        ],
    }
    return render(request, "nurture/publication.html", context)
