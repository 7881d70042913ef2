"""Many leads into a program at once: who, how many can, one statement, and the way back."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.queries.listing import words
from leadfarm.leads.views.asked import Asked, read_asked
from leadfarm.nurture.models import Program, ProgramState
from leadfarm.nurture.ticks.entering import enrol_those, may_enter, take_back
from leadfarm.nurture.views.common import find_program
from leadfarm.rules.clauses import EVERYONE
from leadfarm.ui.toasts import alarm, toast

MOST_CHOSEN = 1_000


def show(request: InsideRequest) -> HttpResponse:
    """Show how many of the leads asked for can enter a program; by POST let them in."""
    asked, chosen = read_asked(request), _chosen(request)
    active = Program.objects.of(request.workspace).filter(state=ProgramState.ACTIVE)
    programs = list(active.order_by("priority", "name"))
    if asked.fault:
        alarm(request, f"This filter cannot be used: {asked.fault}.")
        return redirect("leads:list", workspace=request.workspace.slug)
    wanted = request.POST.get("program") or request.GET.get("program", "")
    program = next((one for one in programs if str(one.id) == wanted), None)
    who, values = _who(asked, chosen)
    if request.method == "POST" and program is not None:
        return _enrol(request, asked, program, who, values)
    program = program or next(iter(programs), None)
    context = {
        "asked": asked,
        "chosen": chosen,
        "programs": programs,
        "program": program,
        "count": may_enter(program, who, values) if program else None,
        "here": _address(request, asked, chosen),
        "back": asked.address(),
        "params": asked.params(),
    }
    return render(request, "nurture/enrolling.html", context)


def _enrol(
    request: InsideRequest, asked: Asked, program: Program, who: str, values: dict[str, Any]
) -> HttpResponse:
    entered = enrol_those(program, request.now, who, values)
    said = f"{entered:,} lead{'' if entered == 1 else 's'} entered {program.name}"
    place = [request.workspace.slug, program.id, int(request.now.timestamp() * 1_000_000)]
    toast(request, said, undo=reverse("nurture:take-back", args=place) if entered else "")
    return redirect(asked.address())


@require_POST
def undo(request: InsideRequest, program_id: int, number: int) -> HttpResponse:
    """Take back out of a program whoever was let in at that instant, a number of microseconds."""
    program = find_program(request, program_id)
    seconds, rest = divmod(number, 1_000_000)
    at = datetime.fromtimestamp(min(seconds, 4_000_000_000), tz=request.now.tzinfo)
    back = take_back(program, at.replace(microsecond=rest), request.now)
    toast(request, f"{back:,} lead{'' if back == 1 else 's'} taken back out of {program.name}")
    return redirect("leads:list", workspace=request.workspace.slug)


def _chosen(request: InsideRequest) -> list[int]:
    named = [one for one in request.GET.getlist("lead") if one.isdecimal() and len(one) < 19]
    return [int(one) for one in named[:MOST_CHOSEN]]


def _who(asked: Asked, chosen: list[int]) -> tuple[str, dict[str, Any]]:
    """Return a condition over lead and standing: the chosen leads, else all that match."""
    which = replace(asked.which, clause=EVERYONE, words=words.Words()) if chosen else asked.which
    condition, values = which.condition()
    if which.words:
        condition = f"lead.id IN ({words.everyone(which.words)}) AND {condition}"
    if chosen:
        condition, values["only"] = "lead.id = ANY(%(only)s)", chosen
    return condition, values


def _address(request: InsideRequest, asked: Asked, chosen: list[int]) -> str:
    """Return the address of this page for the same leads."""
    params = [*asked.params().items(), *(("lead", one) for one in chosen)]
    page = reverse("nurture:enrolling", args=[request.workspace.slug])
    return f"{page}?{urlencode(params)}"
