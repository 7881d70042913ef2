"""Keeping what a step says, who comes in and what the goal is; faults are shown beside them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.nurture import actions, forms
from leadfarm.nurture.models import Program
from leadfarm.nurture.views.common import (
    check_may_edit,
    find_program,
    hand_of,
    seen_number,
    tree_at,
    undo_at,
)
from leadfarm.nurture.views.pages import draw_tree
from leadfarm.nurture.views.panel import form_of, panel_of_program, panel_of_step
from leadfarm.nurture.views.ways import ASKING, Ways, conditions, read_ways
from leadfarm.rules.programs import Node, NodeKind, parse
from leadfarm.ui.toasts import alarm, toast


@require_POST
def set_step(request: InsideRequest, program_id: int, key: str) -> HttpResponse:
    """Keep what a step says; draw it again where a button was pressed or something is wrong."""
    program = find_program(request, program_id)
    seen = seen_number(request, program)
    try:
        check_may_edit(request)
        step = parse(actions.draft_of(program))[0].find(key)
        if step is None:
            raise LeadfarmError(
                "This step is not in the draft any more.", "Undo may bring it back."
            )
        form = form_of(step, request.workspace.id, request.POST)
        ways = _ways(request, step)
        panel = panel_of_step(request, step, form=form, ways=ways)
        if not form.is_valid() or (ways and (ways.pressed or not ways.whole)):
            return draw_tree(request, program, panel, seen)
        try:
            actions.check_number(program, seen)
            _keep(program, key, form, ways, hand_of(request))
        except actions.ChangedDraft as changed:
            return refused(request, program, panel, changed)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(tree_at(request, program))
    _said(request, program, seen, f"“{form.cleaned_data['label']}” is kept in the draft")
    return redirect(tree_at(request, program, key))


def _ways(request: InsideRequest, step: Node) -> Ways | None:
    """Return the ways as they were filled in, of a step that has conditions on them."""
    if step.kind not in ASKING:
        return None
    must = step.kind is NodeKind.BRANCH
    return read_ways(request.POST, fields_of(request.workspace), must=must)


def _said(request: InsideRequest, program: Program, seen: int, text: str) -> None:
    """Say what was kept, with the way back; what changed nothing has none."""
    changed = program.draft_number != seen
    toast(request, text, undo=undo_at(request, program) if changed else "")


def refused(
    request: InsideRequest, program: Program, panel: dict[str, Any], changed: actions.ChangedDraft
) -> HttpResponse:
    """Say that somebody else was quicker, and keep what was typed in front of the member."""
    said = changed.message
    alarm(request, f"{said} What you typed is still here: look at the tree, then save it again.")
    return draw_tree(request, find_program(request, program.id), panel)


def _keep(
    program: Program, key: str, form: forms.StepForm, ways: Ways | None, hand: actions.Hand
) -> None:
    """Keep a step in the draft: what it says, and its ways where they are part of the form."""
    if isinstance(form, forms.StreamForm) and ways:
        ends = tuple(form.ends())
        actions.set_branch(program, key, form.settings(), ways.kept(), hand, ends)
    elif ways:
        label = {"label": form.cleaned_data["label"]}
        actions.set_branch(program, key, label, ways.kept(), hand)
    elif isinstance(form, forms.SplitForm):
        actions.set_split(program, key, form.cleaned_data["label"], form.ways(), hand)
    else:
        names = form.ways() if isinstance(form, forms.HumanForm) else None
        actions.set_node(program, key, form.settings(), hand, names)


@require_POST
def set_conditions(request: InsideRequest, program_id: int) -> HttpResponse:
    """Keep who comes in by themselves and what the goal of the whole program is, in the draft."""
    program = find_program(request, program_id)
    seen = seen_number(request, program)
    try:
        check_may_edit(request)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect(tree_at(request, program))
    panel = panel_of_program(request, program, request.POST)
    form, entry, goal = panel["form"], panel["entry"], panel["goal"]
    complete = entry.clause is not None and goal.clause is not None
    if entry.pressed or goal.pressed or not (complete and form.is_valid()):
        return draw_tree(request, program, panel, seen)
    days = form.cleaned_data["reentry_days"]
    asked = {"entry": conditions(entry), "goal": conditions(goal), "reentry_days": days}
    try:
        actions.check_number(program, seen)
        actions.set_conditions(program, **asked, hand=hand_of(request))
    except actions.ChangedDraft as changed:
        return refused(request, program, panel, changed)
    _said(request, program, seen, "Who comes in and the goal are kept in the draft")
    return redirect(tree_at(request, program, "program"))
