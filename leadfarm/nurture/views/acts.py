"""What people do to programs: make, publish, pause, let leads in and out."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.nurture import actions
from leadfarm.nurture.models import LIVE, Enrolment, Program
from leadfarm.nurture.ticks import enrol
from leadfarm.nurture.views.common import check_may_edit, find_program, on_program
from leadfarm.rules.programs import READY_MADE
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast


@require_POST
def make(request: InsideRequest) -> HttpResponse:
    """Make a program and open it."""
    try:
        check_may_edit(request)
        name = request.POST.get("name", "")
        program = actions.make_program(request.workspace.id, name, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("nurture:list", workspace=request.workspace.slug)
    return redirect("nurture:tree", workspace=request.workspace.slug, program_id=program.id)


@require_POST
def use(request: InsideRequest, made: str) -> HttpResponse:
    """Open a ready-made program, put into the workspace as a draft where it is not there yet."""
    found = READY_MADE.get(made)
    if found is None:
        raise Http404("No such ready-made program.")
    try:
        check_may_edit(request)
        by = Actor.of(request.member)
        program = actions.use_ready_made(request.workspace.id, found, request.now, by)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("nurture:list", workspace=request.workspace.slug)
    if program.version_id is None:
        toast(request, f"“{program.name}” is here as a draft. Nothing runs until you publish it.")
    return redirect("nurture:tree", workspace=request.workspace.slug, program_id=program.id)


@on_program
def pause(request: InsideRequest, program: Program) -> str:
    """Stop everybody where they are."""
    stopped = actions.pause(program, now=request.now)
    return f"Paused; {stopped:,} leads stay where they are"


@on_program
def resume(request: InsideRequest, program: Program) -> str:
    """Let everybody go on."""
    going = actions.resume(program, now=request.now)
    return f"Running again with {going:,} leads; what was left to wait is still to wait"


@require_POST
def enrol_leads(request: InsideRequest) -> HttpResponse:
    """Let the chosen leads into a program; back to where the member was."""
    chosen = [one for text in request.POST.getlist("lead") if (one := row_id(text))][:10_000]
    program = find_program(request, row_id(request.POST.get("program", "")) or 0)
    seen = Lead.objects.of(request.workspace).filter(id__in=chosen).values_list("id", flat=True)
    entered = enrol(program, list(seen), request.now)
    left_out = len(chosen) - entered
    said = f"{entered:,} entered {program.name}"
    toast(request, f"{said}; {left_out:,} could not" if left_out else said)
    if len(chosen) == 1:
        return redirect("leads:record", workspace=request.workspace.slug, lead_id=chosen[0])
    return redirect("leads:list", workspace=request.workspace.slug)


@require_POST
def leave(request: InsideRequest, enrolment_id: int) -> HttpResponse:
    """Take a lead out of a program."""
    enrolment = _live(request, enrolment_id)
    actions.leave(enrolment, by=Actor.of(request.member), now=request.now)
    toast(request, f"Out of {enrolment.program.name}")
    return _at_record(request, enrolment)


@require_POST
def rest(request: InsideRequest, enrolment_id: int) -> HttpResponse:
    """Let a lead rest in a program until a day; the toast wakes it again."""
    enrolment = _live(request, enrolment_id)
    try:
        day = date.fromisoformat(request.POST.get("until", "")[:10])
        zone = ZoneInfo(request.workspace.time_zone)
        until = datetime.combine(day, time(6), zone)
        actions.rest(enrolment, until, by=request.member, now=request.now)
        undo = reverse("nurture:wake", args=[request.workspace.slug, enrolment.id])
        toast(request, f"{enrolment.program.name} rests until {day:%-d %B %Y}", undo=undo)
    except ValueError:
        alarm(request, "Choose the day on which it goes on.")
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _at_record(request, enrolment)


@require_POST
def wake(request: InsideRequest, enrolment_id: int) -> HttpResponse:
    """End the rest of a lead."""
    enrolment = _live(request, enrolment_id)
    try:
        actions.wake(enrolment, now=request.now)
        toast(request, f"{enrolment.program.name} goes on; what was left to wait is still to wait")
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _at_record(request, enrolment)


def _live(request: InsideRequest, enrolment_id: int) -> Enrolment:
    found = Enrolment.objects.of(request.workspace).select_related("program")
    enrolment = found.filter(id=enrolment_id, state__in=LIVE).first()
    if enrolment is None:
        raise Http404("No such enrolment.")
    return enrolment


def _at_record(request: InsideRequest, enrolment: Enrolment) -> HttpResponse:
    slug = request.workspace.slug
    return redirect("leads:record", workspace=slug, lead_id=enrolment.lead_id)
