"""The test tab of a program: made-up people walk the draft, and a calendar says what each gets."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.nurture.actions import FaultyProgram
from leadfarm.nurture.rehearsal import PERSONAS, Course, Happening, rehearse
from leadfarm.nurture.views.common import find_program
from leadfarm.nurture.views.pages import head_of

LOOKS = {
    "mail": ("mail", "Mail"),
    "task": ("check", "Task"),
    "talk": ("person", "Talk"),
    "reaction": ("bell", "They react"),
    "held": ("wait", "Held back"),
    "end": ("flag", "End"),
}


@require_safe
def show(request: InsideRequest, program_id: int) -> HttpResponse:
    """Let the chosen persona walk the draft, and show what they get and when."""
    program = find_program(request, program_id)
    slug = request.GET.get("persona", "")
    persona = next((one for one in PERSONAS if one.slug == slug), PERSONAS[0])
    context = {"personas": PERSONAS, "persona": persona, "faults": []}
    try:
        course = rehearse(program, request.workspace, persona, by=request.member, now=request.now)
        context |= {"course": course, "rows": _rows(request, course), "counts": _counts(course)}
    except FaultyProgram as faulty:
        context["faults"] = faulty.faults
    return render(request, "nurture/rehearsal.html", head_of(request, program, "Test") | context)


def _rows(request: InsideRequest, course: Course) -> list[dict[str, object]]:
    """Return the lines of the calendar; a day is named once."""
    zone = ZoneInfo(request.workspace.time_zone)
    first, before = course.began_at.astimezone(zone).date(), None
    found = []
    for each in course.happenings:
        day = each.at.astimezone(zone).date()
        found.append(_row(each) | {"day": (day - first).days, "is_new": day != before})
        before = day
    return found


def _row(each: Happening) -> dict[str, object]:
    icon, label = LOOKS[each.kind]
    why = "" if each.detail == each.what else each.detail
    return {"each": each, "icon": icon, "label": label, "why": why}


def _counts(course: Course) -> list[tuple[int, str]]:
    """Return the figures of a course, each with its words."""
    named = [("mail", "mail", "mails"), ("talk", "talk", "talks")]
    named += [("held", "held back", "held back")] if course.count("held") else []
    counted = [(course.count(kind), one, many) for kind, one, many in named]
    told = [(number, one if number == 1 else many) for number, one, many in counted]
    return [*told, (course.days, "day" if course.days == 1 else "days")]
