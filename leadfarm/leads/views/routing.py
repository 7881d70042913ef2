"""Settings: who is given new leads: rules in order, how much each takes on, and a trial."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.forms import countries
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member, Team
from leadfarm.access.rights import only
from leadfarm.access.views.frame import LEADING, settings_page
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import ruling
from leadfarm.leads.actions.assigning import COLUMNS
from leadfarm.leads.actions.ruling import Limits, RuleShape
from leadfarm.leads.clause_builder import Builder, read
from leadfarm.leads.clause_builder import show as show_clause
from leadfarm.leads.models import RoutingRule, RoutingSeat, Workload
from leadfarm.leads.queries import routing
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.leads.views.clauses import ROUTING
from leadfarm.rules.clauses import Catalogue, parse
from leadfarm.rules.codes import Role, Side
from leadfarm.rules.routing import routing_fields
from leadfarm.ui.toasts import alarm, toast

TAB = "leads:routing"
MOST_WEIGHT = 9


class RuleForm(forms.Form):
    """How a rule is called and who gets its leads: a team, or people with weights."""

    name = forms.CharField(
        max_length=80, help_text="It stands as the reason on every lead that it gives."
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        empty_label="The people chosen below",
        label="Who gets these leads",
        help_text="Everybody of a team takes turns; an outside firm sees what it is given.",
    )


class LimitsForm(forms.Form):
    """How much a member takes on, and when they work."""

    most_a_day = forms.IntegerField(
        min_value=0, max_value=10_000, required=False, label="New leads a day, at most"
    )
    most_a_week = forms.IntegerField(
        min_value=0, max_value=10_000, required=False, label="New leads a week, at most"
    )
    most_open = forms.IntegerField(
        min_value=0,
        max_value=100_000,
        required=False,
        label="Open leads, at most",
        help_text="For prospect developers and sales reps. Empty: as many as come.",
    )
    works_from = forms.TimeField(
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        help_text="Empty: the hours of the workspace.",
    )
    works_until = forms.TimeField(required=False, widget=forms.TimeInput({"type": "time"}))
    country = forms.ChoiceField(
        required=False, label="Public holidays of", help_text="Greetings are not due on these days."
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "The workspace's country"), *countries()]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a day that ends before it begins, and one with half its hours."""
        told = super().clean() or {}
        begins, ends = told.get("works_from"), told.get("works_until")
        if (begins is None) != (ends is None):
            raise forms.ValidationError("Give both hours, or leave both empty.")
        if begins is not None and ends <= begins:
            raise forms.ValidationError("The day must end after it begins.")
        return told


@require_safe
@only(*LEADING)
def show(request: InsideRequest) -> HttpResponse:
    """Show the rules of each side, everybody's load, and what would happen to a lead."""
    workspace, now, catalogue = request.workspace, request.now, _fields(request)
    again = routing.last_week_again(workspace, now) if "week" in request.GET else None
    tried = request.GET.get("try", "").upper().removeprefix("L-").strip()
    number = int(tried) if tried.isdecimal() and len(tried) < 19 else None
    return settings_page(
        *(request, "leads/routing/rules.html", TAB),
        sides=[(side, routing.lines_of(workspace, side, catalogue)) for side in COLUMNS],
        loads=routing.loads_of(workspace, now, again),
        again=again is not None,
        tried=request.GET.get("try", ""),
        trial=routing.try_out(workspace, number, now) if number is not None else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def new_rule(request: InsideRequest) -> HttpResponse:
    """Write a rule, last of its side."""
    side = Side.read(request.GET.get("side", "")) or Side.SALES
    return _edit(request, None, side if side in COLUMNS else Side.SALES)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def rule(request: InsideRequest, routingrule_id: int) -> HttpResponse:
    """Change a rule in force."""
    one = _find(request, routingrule_id)
    return _edit(request, one, Side(one.side))


def _edit(request: InsideRequest, one: RoutingRule | None, side: Side) -> HttpResponse:
    catalogue = _fields(request)
    weights = _weights(one)
    form = _form(request, one, side)
    if request.method != "POST":
        clause = parse(one.clause, catalogue) if one else None
        builder = show_clause(clause, catalogue, prefix=ROUTING)
        return _draw(request, one, side, form, builder, weights)
    builder = read(request.POST, catalogue, prefix=ROUTING)
    weights = _told_weights(request, side)
    if builder.pressed or builder.clause is None or not form.is_valid():
        return _draw(request, one, side, form, builder, weights)
    data = form.cleaned_data
    seats = {} if data["team"] else {key: many for key, many in weights.items() if many}
    team = data["team"].id if data["team"] else None
    shape = RuleShape(side, data["name"], builder.clause, team, seats)
    try:
        _keep(request, one, shape)
    except LeadfarmError as refused:
        form.add_error(None, str(refused))
        return _draw(request, one, side, form, builder, weights)
    toast(request, f"“{shape.name}” is kept; it holds for what comes in from now on")
    return redirect(TAB, workspace=request.workspace.slug)


def _form(request: InsideRequest, one: RoutingRule | None, side: Side) -> RuleForm:
    first = {"name": one.name, "team": one.team_id} if one else None
    form = RuleForm(request.POST or None, initial=first)
    team: Any = form.fields["team"]
    team.queryset = Team.objects.of(request.workspace).filter(side=side).order_by("name")
    return form


def _keep(request: InsideRequest, one: RoutingRule | None, shape: RuleShape) -> None:
    if one is None:
        ruling.add_rule(shape, by=request.member, now=request.now)
    else:
        ruling.replace_rule(one, shape, by=request.member, now=request.now)


def _draw(
    request: InsideRequest, one: RoutingRule | None, side: Side, form: RuleForm, builder: Builder,
    weights: dict[int, int],
) -> HttpResponse:  # fmt: skip
    able = [(each, weights.get(each.id, 0)) for each in _able(request, side)]
    return settings_page(
        *(request, "leads/routing/rule.html", TAB),
        status=400 if form.errors or builder.faults else 200,
        one=one,
        side=side,
        form=form,
        builder=builder,
        people=able,
        most=MOST_WEIGHT,
    )


@require_POST
@only(*LEADING)
def move(request: InsideRequest, routingrule_id: int) -> HttpResponse:
    """Ask a rule one place earlier or later."""
    step = -1 if request.POST.get("to") == "up" else 1
    try:
        ruling.move_rule(_find(request, routingrule_id), step, by=request.member, now=request.now)
    except LeadfarmError as refused:
        alarm(request, str(refused))
    return redirect(TAB, workspace=request.workspace.slug)


@require_POST
@only(*LEADING)
def retire(request: InsideRequest, routingrule_id: int) -> HttpResponse:
    """Take a rule out of force; the toast puts it back."""
    one = _find(request, routingrule_id)
    ruling.retire_rule(one, by=request.member, now=request.now)
    undo = reverse("leads:restore-routing-rule", args=[request.workspace.slug, one.id])
    toast(request, f"“{one.name}” is out of force", undo=undo)
    return redirect(TAB, workspace=request.workspace.slug)


@require_POST
@only(*LEADING)
def restore(request: InsideRequest, routingrule_id: int) -> HttpResponse:
    """Put a retired rule back where it was."""
    retired = RoutingRule.objects.of(request.workspace).exclude(retired_at=None)
    one = get_object_or_404(retired, id=routingrule_id)
    ruling.restore_rule(one, by=request.member, now=request.now)
    toast(request, f"“{one.name}” is in force again")
    return redirect(TAB, workspace=request.workspace.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def limits(request: InsideRequest, member_id: int) -> HttpResponse:
    """Set how much a member takes on, and when they work."""
    here = Member.objects.of(request.workspace).filter(left_at=None)
    one = get_object_or_404(here, pk=member_id)
    there = Workload.objects.of(request.workspace).filter(member=one).first()
    names = list(Limits.__dataclass_fields__)
    first = {name: getattr(there, name) for name in names} if there else None
    form = LimitsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = Limits(**{name: form.cleaned_data[name] for name in names})
        ruling.set_limits(one, told, by=request.member, now=request.now)
        toast(request, f"Kept for {one.name}")
        return redirect(TAB, workspace=request.workspace.slug)
    status = 400 if form.errors else 200
    return settings_page(
        request, "leads/routing/limits.html", TAB, status=status, one=one, form=form
    )


def _fields(request: InsideRequest) -> Catalogue:
    return routing_fields(fields_of(request.workspace, request.member))


def _find(request: InsideRequest, routingrule_id: int) -> RoutingRule:
    in_force = RoutingRule.objects.of(request.workspace).filter(retired_at=None)
    return get_object_or_404(in_force, id=routingrule_id)


def _able(request: InsideRequest, side: Side) -> list[Member]:
    """Return our own people of a side: an outside firm is chosen as a team."""
    role = next(each for each in Role if each.side is side)
    here = Member.objects.of(request.workspace).filter(left_at=None, firm_id=None, role=role)
    return list(here.order_by("name"))


def _weights(one: RoutingRule | None) -> dict[int, int]:
    if one is None:
        return {}
    seats = RoutingSeat.objects.of(one.workspace_id).filter(rule=one)
    return dict(seats.values_list("member_id", "weight"))


def _told_weights(request: InsideRequest, side: Side) -> dict[int, int]:
    told = {each.id: request.POST.get(f"weight-{each.id}", "") for each in _able(request, side)}
    return {
        key: min(int(text), MOST_WEIGHT) if text.isdecimal() and len(text) < 4 else 0
        for key, text in told.items()
    }
