"""The replay tab of a program: the versions that ran, or the draft, over a recorded period."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.leads.models import Lead
from leadfarm.nurture.actions import FaultyProgram
from leadfarm.nurture.forms.asking import ReplayForm
from leadfarm.nurture.models import Program
from leadfarm.nurture.replay import Outcome, Question, replay, telling
from leadfarm.nurture.views.common import find_program
from leadfarm.nurture.views.pages import head_of

# A page is not waited for longer; what a replay has come to by then is shown, and the command
# does the rest.
MOST_SECONDS = 8.0
MOST_LEADS = 200
MOST_LINES = 200


@require_safe
def show(request: InsideRequest, program_id: int) -> HttpResponse:
    """Ask what to replay; where it was asked, replay it and show what came of it."""
    program = find_program(request, program_id)
    asked = "version" in request.GET
    form = ReplayForm(request.GET if asked else None, initial=_usual(request, program))
    context: dict[str, Any] = {"form": form, "limits": telling.LIMITS, "most": MOST_LEADS}
    if asked and form.is_valid():
        try:
            found = replay(_question(request, program, form.cleaned_data), _at_most(MOST_SECONDS))
            context |= {"found": found} | _told(found)
        except FaultyProgram as faulty:
            context["faults"] = faulty.faults
    return render(request, "nurture/replay.html", head_of(request, program, "Replay") | context)


def _usual(request: InsideRequest, program: Program) -> dict[str, Any]:
    today = request.now.astimezone(ZoneInfo(request.workspace.time_zone)).date()
    runs = "draft" if program.version_id is None else "live"
    first = today - timedelta(days=90)
    return {"version": runs, "first": first, "last": today, "assumed": "usual"}


def _question(request: InsideRequest, program: Program, data: dict[str, Any]) -> Question:
    zone = ZoneInfo(request.workspace.time_zone)
    end = datetime.combine(data["last"] + timedelta(days=1), time(), zone)
    return Question(
        program,
        request.workspace,
        datetime.combine(data["first"], time(), zone).astimezone(UTC),
        min(end.astimezone(UTC), request.now),
        of_draft=data["version"] == "draft",
        assumed=data["assumed"],
        most=MOST_LEADS,
    )


def _at_most(seconds: float) -> Callable[[datetime], bool]:
    began = monotonic()
    return lambda _at: monotonic() - began < seconds


def _told(found: Outcome) -> dict[str, Any]:
    lines = found.sent[:MOST_LINES]
    differing = [] if found.question.of_draft else telling.differences(found)[:MOST_LINES]
    ids = {line.lead_id for line in lines} | {line.lead_id for _how, line, _then in differing}
    leads = Lead.objects.of(found.question.workspace).select_related("contact", "account")
    named = {
        lead.id: str(lead.contact or lead.account or lead) for lead in leads.filter(id__in=ids)
    }
    return {
        "sentence": telling.in_words(found),
        "compared": "" if found.question.of_draft else telling.compared_in_words(found),
        "differing": [(how, line, then, named.get(line.lead_id)) for how, line, then in differing],
        "lines": [(line, named.get(line.lead_id)) for line in lines],
        "more": len(found.sent) - len(lines),
        "steps": found.by_step(),
        "load": telling.load_of(found),
        "held": telling.held_of(found),
    }
