"""Pages to look at: the list of programs, the tree, who is in it, what changed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leadfarm.access.middleware import InsideRequest
from leadfarm.nurture import forms
from leadfarm.nurture.actions import check, draft_of
from leadfarm.nurture.actions.complaints import complained
from leadfarm.nurture.models import (
    LIVE,
    Enrolment,
    EnrolmentState,
    Program,
    ProgramState,
    ProgramVersion,
)
from leadfarm.nurture.queries.counting import entered, lines, traffic_of
from leadfarm.nurture.queries.edits import around
from leadfarm.nurture.queries.offered import gallery
from leadfarm.nurture.queries.stuck import stuck_in
from leadfarm.nurture.queries.trees import Drawing, places_for
from leadfarm.nurture.views.common import find_program, may_edit, tabs_of
from leadfarm.nurture.views.panel import panel_of, who_comes_in
from leadfarm.rules.programs import Fault, differences, parse
from leadfarm.rules.programs import Program as Tree
from leadfarm.ui.navigation import Shortcut

SHORTCUTS = (
    Shortcut(("↑", "↓", "←", "→"), "Walk the tree: from step to step, from way to way"),
    Shortcut(("Enter",), "Open the step; Esc leads back to the tree"),
    Shortcut(("a",), "Add a step after it"),
    Shortcut(("Alt ↑", "Alt ↓"), "Move it up or down"),
    Shortcut(("Ctrl C", "Ctrl V"), "Copy the step with its branches; put it after another"),
    Shortcut(("Delete",), "Remove the step with everything below it"),
    Shortcut(("Ctrl Z", "Ctrl Shift Z"), "Undo; do it again"),
)
LOOKS = {ProgramState.ACTIVE: "good", ProgramState.PAUSED: "warn"}


def show_list(request: InsideRequest) -> HttpResponse:
    """Show all programs."""
    listed = lines(request.workspace.id)
    rows = [
        {
            "line": line,
            "state": ProgramState(line.program.state).label,
            "look": LOOKS.get(ProgramState(line.program.state), ""),
        }
        for line in listed
    ]
    context = {
        "rows": rows,
        "gallery": gallery({line.program.name: line.program.id for line in listed}),
        "form": forms.NameForm(),
        "may_edit": may_edit(request),
        "tabs": tabs_of(request, "Programs"),
    }
    return render(request, "nurture/list.html", context)


def show_tree(request: InsideRequest, program_id: int) -> HttpResponse:
    """Show the tree being edited, with the live counts of the version in force."""
    return draw_tree(request, find_program(request, program_id))


def draw_tree(
    request: InsideRequest,
    program: Program,
    panel: dict[str, Any] | None = None,
    number: int | None = None,
) -> HttpResponse:
    """Draw the tree beside this panel; without one, beside the step the address names.

    `number` is that of the draft that was looked at, where it is drawn again half filled in.
    """
    tree, faults = _edited(program)
    panel = panel or panel_of(request, program, tree)
    drawing = Drawing(
        reverse("nurture:tree", args=[request.workspace.slug, program.id]),
        traffic_of(program),
        faults,
        selected=selected_in(panel),
        may_edit=may_edit(request),
    )
    context = {
        **head_of(request, program, "Tree"),
        **changing(request, program, number),
        "faults": faults,
        "places": places_for(tree, panel["step"]) if panel.get("step") else [],
        "steps": [drawing.door(who_comes_in(program, tree), tree), *drawing.draw(tree)],
        **panel,
    }
    return render(request, "nurture/tree.html", context)


def _edited(program: Program) -> tuple[Tree, list[Fault]]:
    """Return the tree being edited with its faults; a version in force has none."""
    raw = draft_of(program)
    return check(program.workspace_id, raw) if program.draft else (parse(raw)[0], [])


def selected_in(panel: dict[str, Any]) -> str:
    """Return the key of what a panel shows: a step, or the program as a whole."""
    step = panel.get("step")
    return "program" if panel.get("of_program") else step.key if step else ""


def changing(request: InsideRequest, program: Program, number: int | None = None) -> dict[str, Any]:
    """Return what a page needs on which a draft is changed."""
    return {
        "number": program.draft_number if number is None else number,
        "edits": around(program),
        "page_shortcuts": SHORTCUTS if may_edit(request) else SHORTCUTS[:2],
    }


def show_people(request: InsideRequest, program_id: int) -> HttpResponse:
    """Show who is or was in the program; `?step=` narrows it to one step."""
    program = find_program(request, program_id)
    found = Enrolment.objects.of(request.workspace).filter(program_id=program.id)
    step = request.GET.get("step", "").replace("\x00", "")
    if step:
        found = found.filter(node__key=step, state__in=LIVE)
    ordered = found.select_related("lead__account", "contact", "node").order_by("-id")
    page = Paginator(ordered, 50).get_page(request.GET.get("page"))
    rows = [{"one": one, "state": EnrolmentState(one.state).label} for one in page]
    context = {**head_of(request, program, "Leads"), "rows": rows, "page": page, "step": step}
    return render(request, "nurture/people.html", context)


def show_changes(request: InsideRequest, program_id: int) -> HttpResponse:
    """Show every version with what it changed, in words."""
    program = find_program(request, program_id)
    versions = list(
        ProgramVersion.objects.of(request.workspace)
        .filter(program_id=program.id)
        .select_related("published_by")
        .order_by("number")
    )
    rows = []
    before = None
    for version in versions:
        tree = parse(version.tree)[0]
        said = differences(before, tree) if before else ["The first version."]
        rows.append({"version": version, "said": said or ["Nothing that can be seen."]})
        before = tree
    if program.draft and before:
        rows.append({"version": None, "said": differences(before, parse(program.draft)[0])})
    context = {**head_of(request, program, "Changes"), "rows": rows[::-1]}
    return render(request, "nurture/changes.html", context)


def head_of(request: InsideRequest, program: Program, tab: str) -> dict[str, Any]:
    """Return what stands above every page of a program."""
    slug = request.workspace.slug
    version = ProgramVersion.objects.of(request.workspace).filter(id=program.version_id or 0)
    live = Enrolment.objects.of(request.workspace).filter(program_id=program.id, state__in=LIVE)
    number = ProgramVersion.objects.of(request.workspace).filter(program_id=program.id).count()
    counts = {"Tree": None, "Test": None, "Replay": None, "Leads": live.count(), "Changes": number}
    return {
        "program": program,
        "state": ProgramState(program.state),
        "look": LOOKS.get(ProgramState(program.state), ""),
        "version": version.first(),
        "stuck": stuck_in(program),
        "live": counts["Leads"],
        "entered": entered(program),
        "next_number": number + 1,
        "complained": complained(program, request.now),
        "may_edit": may_edit(request),
        "crumbs": [
            {"label": "Programs", "href": reverse("nurture:list", args=[slug])},
            {"label": program.name, "href": ""},
        ],
        "tabs": _tabs(slug, program, counts, tab),
    }


def _tabs(
    slug: str, program: Program, counts: dict[str, int | None], tab: str
) -> list[dict[str, Any]]:
    names = {
        "Tree": "nurture:tree",
        "Test": "nurture:test",
        "Replay": "nurture:replay",
        "Leads": "nurture:people",
        "Changes": "nurture:changes",
    }
    return [
        {
            "label": label,
            "href": reverse(name, args=[slug, program.id]),
            "count": counts[label],
            "current": label == tab,
        }
        for label, name in names.items()
    ]
