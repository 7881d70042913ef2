"""Settings: teams and outside firms."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from leadfarm.access import actions
from leadfarm.access.actors import Actor
from leadfarm.access.forms import TeamForm
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member, Team
from leadfarm.access.rights import only
from leadfarm.access.views.frame import LEADING, settings_page
from leadfarm.rules.codes import Side
from leadfarm.ui.toasts import toast

TAB = "access:teams"
FIELDS = ("name", "side", "is_firm", "daily_cap", "hourly_rate")


@require_safe
@only(*LEADING)
def teams(request: InsideRequest) -> HttpResponse:
    """Show the teams with how many people each has."""
    present = Member.objects.of(request.workspace).filter(left_at=None)
    sizes = dict(present.values_list("team_id").annotate(n=Count("id", filter=~Q(team=None))))
    rows = [
        (team, Side(team.side).label, sizes.get(team.pk, 0))
        for team in Team.objects.of(request.workspace).order_by("is_firm", "name")
    ]
    return settings_page(request, "access/teams.html", TAB, rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def new_team(request: InsideRequest) -> HttpResponse:
    """Make a team or engage an outside firm."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def team(request: InsideRequest, team_id: int) -> HttpResponse:
    """Change a team."""
    return _edit(request, get_object_or_404(Team.objects.of(request.workspace), pk=team_id))


def _edit(request: InsideRequest, one: Team | None) -> HttpResponse:
    first = {name: getattr(one, name) for name in FIELDS} if one else None
    form = TeamForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = _save(request, one, form)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{made.name} is saved.")
            return redirect(TAB, workspace=request.workspace.slug)
    return settings_page(request, "access/team.html", TAB, one=one, form=form)


def _save(request: InsideRequest, one: Team | None, form: TeamForm) -> Team:
    by, shape = Actor.of(request.member), form.shape()
    if one:
        return actions.change_team(one, shape, by=by, now=request.now)
    return actions.make_team(request.workspace, shape, by=by, now=request.now)
