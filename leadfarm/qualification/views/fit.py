"""Fit: the rules that say who a good lead is, and what a change does before it is kept (S2-6)."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.clause_builder import show as show_clause
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.qualification import jobs
from leadfarm.qualification.actions import grading
from leadfarm.qualification.actions.grading import SCORERS, RuleShape, may_score, shape_of
from leadfarm.qualification.models import FitRule
from leadfarm.qualification.scoring import LETTERS, UNKNOWN, Preview, preview, rules_of
from leadfarm.qualification.views.tabs import tabs
from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    FieldTest,
    all_of,
    canonical,
    none_of,
    parse,
    sentence,
    serialise,
)
from leadfarm.rules.codes import Role
from leadfarm.ui.kept import brought_back, way_back
from leadfarm.ui.toasts import alarm, toast

SALT = "qualification.deleted-fit-rule"
EDITORS = tuple(sorted(SCORERS))


class RuleForm(forms.Form):
    """How a rule is called and what it is worth; its conditions stand in the builder."""

    label = forms.CharField(
        label="Name", max_length=80, help_text="What people read as the reason on the lead page."
    )
    points = forms.IntegerField(
        label="Points",
        min_value=-100,
        max_value=100,
        help_text="From -100 to 100. D begins at 0, C at 20, B at 50, A at 80.",
    )
    kind = forms.CharField(
        label="Kind",
        max_length=40,
        required=False,
        help_text="Rules of one kind, as “size”, can be held to a sum.",
    )
    cap = forms.IntegerField(
        label="Rules of this kind give at most", min_value=1, max_value=100, required=False
    )

    def clean_points(self) -> int:
        """Refuse a rule that changes nothing."""
        points: int = self.cleaned_data["points"]
        if not points:
            raise forms.ValidationError("A rule gives or takes points: 0 changes nothing.")
        return points


@require_safe
@only(*Role)
def show(request: InsideRequest) -> HttpResponse:
    """Show the rules in their order, and how many leads have which letter."""
    catalogue = fields_of(request.workspace)
    rules = rules_of(request.workspace)
    lines = [(one, sentence(parse(one.clause, catalogue), catalogue)) for one in rules]
    context = {
        "lines": lines,
        "letters": _letters(request, preview(request.workspace, rules, now=request.now)),
        "may_score": may_score(request.member),
        "tabs": tabs(request, "qualification:fit"),
    }
    return render(request, "qualification/fit.html", context)


def _letters(request: InsideRequest, found: Preview) -> list[dict[str, Any]]:
    """Return the counts by letter, each with the address of the leads behind it."""
    page = reverse("leads:list", kwargs={"workspace": request.workspace.slug})
    floors = dict(zip(LETTERS, ("a-", "b-", "c-", "d"), strict=False))
    made = []
    for place, line in enumerate(found.lines):
        if line.letter == UNKNOWN:
            clause = all_of(FieldTest("fit", "is_unknown"))
        else:
            clause = all_of(FieldTest("fit_letter", "at_least", floors[line.letter]))
            if place:
                above = floors[LETTERS[place - 1]]
                clause = all_of(
                    *clause.members, none_of(FieldTest("fit_letter", "at_least", above))
                )
        asked = urlencode({"view": "all", "f": canonical(clause)})
        made.append({"line": line, "href": f"{page}?{asked}"})
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@only(*EDITORS)
def new(request: InsideRequest) -> HttpResponse:
    """Write a rule; its effect on all leads stands beside it before it is kept."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*EDITORS)
def change(request: InsideRequest, fitrule_id: int) -> HttpResponse:
    """Change a rule, with its effect on all leads before it is kept."""
    return _edit(request, _find(request, fitrule_id))


def _edit(request: InsideRequest, rule: FitRule | None) -> HttpResponse:
    catalogue = fields_of(request.workspace)
    if request.method != "POST":
        shape = shape_of(rule) if rule else None
        form = RuleForm(initial=asdict(shape) if shape else {"points": 10})
        builder = show_clause(shape.clause if shape else None, catalogue)
        return _draw(request, rule, form, builder, shape)
    builder, form = read(request.POST, catalogue), RuleForm(request.POST)
    shape = _shape(builder, form)
    if builder.pressed or shape is None or request.POST.get("then") != "keep":
        return _draw(request, rule, form, builder, shape)
    try:
        if rule is None:
            grading.make_rule(request.workspace, shape, by=request.member, now=request.now)
        else:
            grading.change_rule(rule, shape, by=request.member, now=request.now)
    except LeadfarmError as refused:
        form.add_error(None, str(refused))
        return _draw(request, rule, form, builder, None)
    return _kept(request, f"“{shape.label}” kept. Fit follows within a minute")


def _shape(builder: Builder, form: RuleForm) -> RuleShape | None:
    """Return what was filled in, where nothing is wrong with it."""
    if builder.clause is None or not form.is_valid():
        return None
    return RuleShape(clause=builder.clause, **form.cleaned_data)


def _draw(
    request: InsideRequest,
    rule: FitRule | None,
    form: RuleForm,
    builder: Builder,
    shape: RuleShape | None,
) -> HttpResponse:
    found = None
    if shape is not None and form.is_bound:
        for fault in grading.faults(shape, request.workspace):
            form.add_error(None, fault)
    if shape is not None and not form.errors:
        found = preview(request.workspace, _with(request, rule, shape), now=request.now)
    kinds = sorted({one.kind for one in rules_of(request.workspace) if one.kind})
    context = {"rule": rule, "form": form, "builder": builder, "found": found, "kinds": kinds}
    return render(request, "qualification/fit_rule.html", context)


def _with(request: InsideRequest, rule: FitRule | None, shape: RuleShape) -> list[FitRule]:
    """Return the rules as they would be, not saved."""
    own = FitRule(workspace=request.workspace, id=rule.id if rule else None)
    changed = grading.shaped(own, shape)
    others = [one for one in rules_of(request.workspace) if rule is None or one.id != rule.id]
    for one in others:
        if changed.kind and one.kind == changed.kind:
            one.cap = changed.cap
    return [*others, changed]


@require_POST
@only(*EDITORS)
def move(request: InsideRequest, fitrule_id: int) -> HttpResponse:
    """Show a rule one place earlier or later."""
    rule, up = _find(request, fitrule_id), request.POST.get("to") == "up"
    grading.move_rule(rule, up=up, by=request.member, now=request.now)
    return redirect("qualification:fit", workspace=request.workspace.slug)


@require_POST
@only(*EDITORS)
def delete(request: InsideRequest, fitrule_id: int) -> HttpResponse:
    """Delete a rule; the toast brings it back."""
    said = grading.drop_rule(_find(request, fitrule_id), by=request.member, now=request.now)
    told = {**asdict(said), "clause": serialise(said.clause)}
    back = reverse("qualification:restore-fit-rule", kwargs={"workspace": request.workspace.slug})
    undo = way_back(back, told, salt=SALT, owner=request.workspace.id)
    return _kept(request, f"“{said.label}” deleted", undo=undo)


@require_POST
@only(*EDITORS)
def restore(request: InsideRequest) -> HttpResponse:
    """Make again, within a day, a rule that was deleted."""
    told = brought_back(request, salt=SALT, owner=request.workspace.id)
    shape = RuleShape(**{**told, "clause": parse(told["clause"], LEAD_FIELDS)})
    try:
        grading.make_rule(request.workspace, shape, by=request.member, now=request.now)
    except LeadfarmError as refused:
        alarm(request, str(refused))
        return redirect("qualification:fit", workspace=request.workspace.slug)
    return _kept(request, f"“{shape.label}” is back")


def _kept(request: InsideRequest, said: str, undo: str = "") -> HttpResponse:
    jobs.grade_anew.defer(workspace_id=request.workspace.id)
    toast(request, said, undo=undo)
    return redirect("qualification:fit", workspace=request.workspace.slug)


def _find(request: InsideRequest, fitrule_id: int) -> FitRule:
    return get_object_or_404(FitRule.objects.of(request.workspace), id=fitrule_id)
