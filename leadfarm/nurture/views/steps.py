"""Keeping what a step says, who comes in and what the goal is; faults are shown beside them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.nurture import actions, forms
from leadfarm.nurture.models import Program
from leadfarm.nurture.views.common import check_may_edit, find_program
from leadfarm.nurture.views.pages import draw_tree
from leadfarm.nurture.views.panel import form_of, panel_of_program, panel_of_step
from leadfarm.nurture.views.ways import ASKING, Ways, conditions, read_ways
from leadfarm.rules.programs import NodeKind, parse
from leadfarm.ui.toasts import alarm, toast


@require_POST
def set_step(request: InsideRequest, program_id: int, key: str) -> HttpResponse:
    """Keep what a step says; draw it again where a button was pressed or something is wrong."""
    program = find_program(request, program_id)
    try:
        check_may_edit(request)
        step = parse(actions.draft_of(program))[0].find(key)
        if step is None:
            raise LeadfarmError("This step is not in the draft any more.")
        form = form_of(step, request.workspace.id, request.POST)
        ways = None
        if step.kind in ASKING:
            must = step.kind is NodeKind.BRANCH
            ways = read_ways(request.POST, fields_of(request.workspace), must=must)
        if not form.is_valid() or (ways and (ways.pressed or not ways.whole)):
            return draw_tree(request, program, panel_of_step(request, step, form=form, ways=ways))
        _keep(program, key, form, ways)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(tree_at(request, program))
    toast(request, f"“{form.cleaned_data['label']}” is kept in the draft")
    return redirect(tree_at(request, program, key))


def _keep(program: Program, key: str, form: forms.StepForm, ways: Ways | None) -> None:
    """Keep a step in the draft: what it says, and its ways where they are part of the form."""
    if isinstance(form, forms.StreamForm) and ways:
        actions.set_branch(program, key, form.settings(), ways.kept(), tuple(form.ends()))
    elif ways:
        actions.set_branch(program, key, {"label": form.cleaned_data["label"]}, ways.kept())
    elif isinstance(form, forms.SplitForm):
        actions.set_split(program, key, form.cleaned_data["label"], form.ways())
    else:
        actions.set_node(program, key, form.settings())
        if isinstance(form, forms.HumanForm):
            actions.set_ways(program, key, form.ways())


@require_POST
def set_conditions(request: InsideRequest, program_id: int) -> HttpResponse:
    """Keep who comes in by themselves and what the goal of the whole program is, in the draft."""
    program = find_program(request, program_id)
    try:
        check_may_edit(request)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(tree_at(request, program))
    panel = panel_of_program(request, program, request.POST)
    form, entry, goal = panel["form"], panel["entry"], panel["goal"]
    complete = entry.clause is not None and goal.clause is not None
    if entry.pressed or goal.pressed or not (complete and form.is_valid()):
        return draw_tree(request, program, panel)
    actions.set_conditions(
        program,
        entry=conditions(entry),
        goal=conditions(goal),
        reentry_days=form.cleaned_data["reentry_days"],
    )
    toast(request, "Who comes in and the goal are kept in the draft")
    return redirect(tree_at(request, program, "program"))


def tree_at(request: InsideRequest, program: Program, step: str = "") -> str:
    """Return the address of a program's tree, with a step chosen where one is named."""
    address = reverse("nurture:tree", args=[request.workspace.slug, program.id])
    return f"{address}?step={step}#step" if step else address
