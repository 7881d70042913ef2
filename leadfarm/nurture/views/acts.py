"""What people do to programs: edit, publish, pause, let leads in and out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.nurture import actions, forms
from leadfarm.nurture.actions.editing import discard_draft
from leadfarm.nurture.models import LIVE, Enrolment, Program
from leadfarm.nurture.ticks import enrol
from leadfarm.nurture.views.common import check_may_edit, find_program, on_program
from leadfarm.rules.programs import NodeKind
from leadfarm.ui.numbers import row_id
from leadfarm.ui.toasts import alarm, toast

# What a new step says before anybody has said more; publishing lists what is still missing.
STARTS: dict[NodeKind, dict[str, Any]] = {
    NodeKind.WAIT: {"days": 3},
    NodeKind.WAIT_FOR: {
        "event": "reply-or-click",
        "time_out": {"days": 14},
        "ways": {"happened": [], "timed-out": []},
    },
    NodeKind.HUMAN: {
        "task": "check-in",
        "side": "sales",
        "dispositions": ["help-now", "not-now", "not-interested", "no-answer"],
        "time_out": {"working_days": 3},
        "ways": {"otherwise": [], "timed-out": []},
    },
    NodeKind.BRANCH: {
        "when": {"hot": {"field": "heat_level", "operator": "at_least", "value": "hot"}},
        "ways": {"hot": [], "otherwise": []},
    },
    NodeKind.SPLIT: {"shares": {"a": 50, "b": 50}, "order": ["a", "b"], "ways": {"a": [], "b": []}},
    NodeKind.STREAM: {"every": {"days": 14}, "ways": {"exhausted": []}},
    NodeKind.GOAL: {"then": "qualify"},
    NodeKind.EXIT: {"then": "later", "days": 45},
}


@require_POST
def make(request: InsideRequest) -> HttpResponse:
    """Make a program and open it; `ready_made` installs "No hand-off" instead."""
    try:
        check_may_edit(request)
        if "ready_made" in request.POST:
            by = Actor.of(request.member)
            program = actions.install_ready_made(request.workspace.id, request.now, by)
            toast(request, "“No hand-off” runs. New inquiries are greeted within a minute.")
        else:
            name = request.POST.get("name", "")
            program = actions.make_program(request.workspace.id, name, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("nurture:list", workspace=request.workspace.slug)
    return redirect("nurture:tree", workspace=request.workspace.slug, program_id=program.id)


@on_program
def add_step(request: InsideRequest, program: Program) -> str:
    """Put a new step before another, or on a way."""
    form = forms.NewStepForm(request.POST)
    if not form.is_valid():
        raise LeadfarmError("Say what happens here, and give the step a name.")
    kind = NodeKind.read(form.cleaned_data["kind"]) or NodeKind.WAIT
    label = form.cleaned_data["label"]
    node = {"kind": kind.slug, "label": label, **STARTS.get(kind, {})}
    if kind.ends:
        node["reason"] = label
    posted = request.POST
    into = (posted.get("into", ""), posted.get("way", ""))
    key = actions.add_node(program, node, before=posted.get("before", ""), into=into)
    request.selected = key  # type: ignore[attr-defined]
    return f"“{label}” is in the draft"


@on_program
def remove_step(request: InsideRequest, program: Program, key: str) -> str:
    """Remove a step with everything on its ways."""
    actions.remove_node(program, key)
    return "The step is removed from the draft"


@on_program
def move_step(request: InsideRequest, program: Program, key: str) -> str:
    """Move a step up or down among its neighbours."""
    actions.move_node(program, key, -1 if request.POST.get("to") == "up" else 1)
    request.selected = key  # type: ignore[attr-defined]
    return ""


@on_program
def publish(request: InsideRequest, program: Program) -> str:
    """Publish the draft; all its faults are said at once where it has some."""
    version = actions.publish(program, by=Actor.of(request.member), now=request.now)
    return f"Version {version.number} is published. Leads in the program stay on their version."


@on_program
def discard(request: InsideRequest, program: Program) -> str:
    """Forget the draft."""
    discard_draft(program)
    return "The draft is gone; the version in force stays"


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
    found = Enrolment.objects.of(request.workspace).select_related("program")
    enrolment = found.filter(id=enrolment_id, state__in=LIVE).first()
    if enrolment is None:
        raise Http404("No such enrolment.")
    actions.leave(enrolment, by=Actor.of(request.member), now=request.now)
    toast(request, f"Out of {enrolment.program.name}")
    slug = request.workspace.slug
    return redirect("leads:record", workspace=slug, lead_id=enrolment.lead_id)
