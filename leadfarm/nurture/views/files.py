"""Programs as files: taken along, looked at, and made a draft."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.nurture import actions, forms
from leadfarm.nurture.models import Program
from leadfarm.nurture.queries.trees import Drawing
from leadfarm.nurture.views.common import (
    check_may_edit,
    find_program,
    hand_of,
    may_edit,
    tree_at,
    undo_at,
)
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast


def export(request: InsideRequest, program_id: int) -> HttpResponse:
    """Send the program as it is edited now, as a file."""
    program = find_program(request, program_id)
    text = actions.program_file(program, request.workspace)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = re.sub(r"[^a-z0-9]+", "-", program.name.lower()).strip("-") or "program"
    answer["Content-Disposition"] = f'attachment; filename="{name}.program.json"'
    return answer


def show(request: InsideRequest) -> HttpResponse:
    """Ask for a file; posted, show what it would become. Nothing is kept."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "may_edit": may_edit(request)}
    if request.method == "POST" and form.is_valid():
        context |= _preview(request, form.text())
    context["back"] = reverse("nurture:list", args=[request.workspace.slug])
    return render(request, "nurture/importing.html", context)


def _preview(request: InsideRequest, text: str) -> dict[str, Any]:
    reading = actions.read_program(request.workspace, text)
    context: dict[str, Any] = {"reading": reading, "faults": reading.faults}
    if reading.raw is None:
        return context
    drawing = Drawing("", {}, reading.faults)
    return context | {
        "steps": drawing.draw(reading.tree),
        "count": len(list(reading.tree.walk())),
        "text": text,
        "named": forms.NameForm(initial={"name": reading.tree.name}),
        "programs": Program.objects.of(request.workspace).order_by("name"),
    }


@require_POST
def take(request: InsideRequest) -> HttpResponse:
    """Make what the file held a program of its own, or the draft of one that is there."""
    try:
        check_may_edit(request)
        reading = actions.read_program(request.workspace, request.POST.get("text", ""))
        if reading.raw is None:
            raise LeadfarmError(reading.faults[0].what, reading.faults[0].what_to_do)
        if into := row_id(request.POST.get("program", "")):
            program = find_program(request, into)
            actions.take_over(program, reading.raw, hand_of(request))
            toast(request, "The file is the draft now", undo=undo_at(request, program))
        else:
            name = request.POST.get("name", "")[:120].replace("\x00", "")
            workspace = request.workspace.id
            program = actions.make_program(workspace, name, now=request.now, draft=reading.raw)
            toast(request, f"“{program.name}” is a draft; nothing runs before it is published")
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("nurture:import", workspace=request.workspace.slug)
    return redirect(tree_at(request, program))
