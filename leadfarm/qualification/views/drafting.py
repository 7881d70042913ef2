"""Writing the next version: criteria in the clause builder, promises as numbers."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from leadfarm.access.middleware import InsideRequest
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.clause_builder import show as show_clause
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.qualification import actions
from leadfarm.qualification.actions.agreeing import may_draft
from leadfarm.qualification.models import Definition
from leadfarm.qualification.queries import today
from leadfarm.qualification.readiness import in_force, promises_of
from leadfarm.qualification.views.agreement import find
from leadfarm.rules.agreement import FIRST_CRITERIA, NEED, PROMISES, TALK, Promises, full_criteria
from leadfarm.rules.clauses import LEAD_FIELDS, Clause, parse, sentence
from leadfarm.rules.codes import Side
from leadfarm.ui.toasts import alarm, toast


class PromisesForm(forms.Form):
    """What both sides promise, and what the change is for."""

    reason = forms.CharField(label="What is this change for?", required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, promise in PROMISES.items():
            self.fields[name] = forms.IntegerField(
                label=promise.words.format("…"), min_value=promise.low, max_value=promise.high
            )

    def of(self, side: Side) -> list[forms.BoundField]:
        """Return the promises of one side."""
        return [self[name] for name, promise in PROMISES.items() if promise.side is side]


def show(request: InsideRequest) -> HttpResponse:
    """Show the draft in the builder, begun from the definition in force; keep what is sent."""
    if not may_draft(request.member):
        alarm(request, "Marketers, sales reps, managers and admins write the agreement.")
        return redirect("qualification:agreement", workspace=request.workspace.slug)
    catalogue = fields_of(request.workspace)
    begun = find(request, state="draft")
    if request.method != "POST":
        criteria, promises, reason = _start(request, begun)
        form = PromisesForm(initial={**promises.as_json(), "reason": reason})
        return _draw(request, show_clause(criteria, catalogue), form, begun)
    builder, form = read(request.POST, catalogue), PromisesForm(request.POST)
    if builder.pressed or builder.clause is None or not form.is_valid():
        return _draw(request, builder, form, begun)
    return _keep(request, begun, builder, form)


def _start(request: InsideRequest, begun: Definition | None) -> tuple[Clause, Promises, str]:
    model = begun or in_force(request.workspace.id) or find(request, state="proposed")
    if model is None:
        return FIRST_CRITERIA, Promises(), ""
    reason = begun.reason if begun else ""
    return parse(model.criteria, LEAD_FIELDS), promises_of(model), reason


def _keep(
    request: InsideRequest, begun: Definition | None, builder: Builder, form: PromisesForm
) -> HttpResponse:
    """Keep the draft; propose it where that button was pressed."""
    assert builder.clause is not None
    promises = Promises(**{name: form.cleaned_data[name] for name in PROMISES})
    reason, by, now = form.cleaned_data["reason"], request.member, request.now
    try:
        if begun is None:
            home = request.workspace.id
            begun = actions.draft(home, builder.clause, promises, by=by, now=now, reason=reason)
        else:
            actions.edit_draft(begun, builder.clause, promises, by=by, reason=reason)
        if request.POST.get("then") == "propose":
            actions.propose(begun, by=by, now=now)
            toast(request, f"Version {begun.version} waits for both signatures")
        else:
            toast(request, f"Draft of version {begun.version} kept")
    except LeadfarmError as refused:
        alarm(request, str(refused))
    return redirect("qualification:agreement", workspace=request.workspace.slug)


def _draw(
    request: InsideRequest, builder: Builder, form: PromisesForm, begun: Definition | None
) -> HttpResponse:
    found = None
    if builder.clause is not None:
        clause = full_criteria(builder.clause)
        found = today(request.workspace.id, clause, fields_of(request.workspace), now=request.now)
    context = {
        "builder": builder,
        "form": form,
        "marketing": form.of(Side.MARKETING),
        "sales": form.of(Side.SALES),
        "draft": begun,
        "today": found,
        "implied": [sentence(node, LEAD_FIELDS) for node in (NEED, TALK)],
    }
    return render(request, "qualification/draft.html", context)
