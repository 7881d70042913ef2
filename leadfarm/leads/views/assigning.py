"""Giving many leads to people: which, to whom, how many each would get, and the way back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import Member, Team
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.assigning import AT_ONCE, COLUMNS, Ahead, Target, Those, assign, preview
from leadfarm.leads.actions.handing_on import take_back
from leadfarm.leads.queries.listing import words
from leadfarm.leads.routing import PlacesTaken
from leadfarm.leads.views.asked import Asked, read_asked
from leadfarm.rules.clauses import EVERYONE
from leadfarm.rules.codes import Role, Side
from leadfarm.ui.toasts import alarm, toast

MOST_CHOSEN = 1_000
TRIES = 3
BY_RULES = "rules"


@dataclass(frozen=True)
class Share:
    """How many of the leads one member would be given."""

    name: str
    firm: str
    many: int


@require_http_methods(["GET", "HEAD", "POST"])
@only(*Role)
def show(request: InsideRequest) -> HttpResponse:
    """Show who would be given the leads asked for; by POST give them."""
    asked, chosen = read_asked(request), chosen_in(request)
    if asked.fault:
        alarm(request, f"This filter cannot be used: {asked.fault}.")
        return redirect("leads:list", workspace=request.workspace.slug)
    those, told = _those(asked, chosen), request.POST or request.GET
    try:
        to = _target(request, told.get("side", ""), told.get("to", ""))
        if request.method == "POST":
            return _give(request, asked, those, to)
        ahead = preview(request.workspace, those, to, now=request.now)
    except LeadfarmError as refused:
        alarm(request, str(refused))
        return redirect(asked.address())
    shown = {
        "asked": asked,
        "chosen": chosen,
        "params": asked.params(),
        "back": asked.address(),
        "to": told.get("to", "") or BY_RULES,
        "here": _address(asked, chosen),
    }
    return render(request, "leads/assigning.html", {**shown, **_offered(request, to, ahead)})


def _offered(request: InsideRequest, to: Target, ahead: Ahead) -> dict[str, Any]:
    shares = _shares(request, ahead.many)
    return {
        "shares": shares,
        "changing": ahead.changing,
        "many": sum(one.many for one in shares),
        "at_once": AT_ONCE,
        "side": to.side,
        "sides": [(side.slug, side.label) for side in COLUMNS],
        "targets": _targets(request, to.side),
    }


@require_POST
@only(*Role)
def undo(request: InsideRequest, number: int) -> HttpResponse:
    """Take back what this member assigned at that instant, a number of microseconds."""
    seconds, rest = divmod(number, 1_000_000)
    at = datetime.fromtimestamp(min(seconds, 4_000_000_000), tz=request.now.tzinfo)
    by, me = Actor.of(request.member), request.member.id
    back = take_back(request.workspace.id, at=at.replace(microsecond=rest), by=by, made_by=me)
    toast(request, f"{back:,} lead{'' if back == 1 else 's'} taken back")
    return redirect("leads:list", workspace=request.workspace.slug)


def chosen_in(request: InsideRequest) -> list[int]:
    """Return the leads that were selected one by one; none: all that match."""
    named = [one for one in request.GET.getlist("lead") if one.isdecimal() and len(one) < 19]
    return [int(one) for one in named[:MOST_CHOSEN]]


def _give(request: InsideRequest, asked: Asked, those: Those, to: Target) -> HttpResponse:
    by, many = Actor.of(request.member), 0
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                many = assign(request.workspace, those, to, by=by, now=request.now)
            break
        except PlacesTaken:
            if not left:
                raise
    at = int(request.now.timestamp() * 1_000_000)
    undo_address = reverse("leads:unassign", args=[request.workspace.slug, at])
    said = f"{many:,} lead{'' if many == 1 else 's'} changed hands for {to.side.label}"
    toast(request, said, undo=undo_address if many else "")
    return redirect(asked.address())


def _target(request: InsideRequest, side: str, to: str) -> Target:
    """Return where the leads go; by the rules of sales where nothing was chosen."""
    for_side = Side.read(side) if side else Side.SALES
    if for_side not in COLUMNS:
        raise LeadfarmError("Choose a side: marketing, prospect development or sales.")
    kind, _, number = to.partition("-")
    if kind not in ("member", "team") or not number.isdecimal() or len(number) > 18:
        return Target(for_side)
    if kind == "member":
        present = Member.objects.of(request.workspace).filter(left_at=None, id=int(number))
        if not present.exists():
            raise LeadfarmError("This person is not here any more.", "Choose somebody else.")
        return Target(for_side, member=int(number))
    team = Team.objects.of(request.workspace).filter(id=int(number)).first()
    if team is None:
        raise LeadfarmError("This team is not there any more.", "Choose another.")
    return Target(for_side, team=team)


def _targets(request: InsideRequest, side: Side) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be chosen, in groups."""
    present = Member.objects.of(request.workspace).filter(left_at=None).order_by("name")
    able = [one for one in present if Role(one.role).side is side]
    mine = {one.team_id for one in able if one.team_id is not None}
    teams = list(Team.objects.of(request.workspace).filter(id__in=mine).order_by("name"))
    return [
        ("Rules", [(BY_RULES, "By the rules, places free and turns")]),
        ("People", [(f"member-{one.id}", one.name) for one in able]),
        ("Teams, in turn", [(f"team-{one.id}", one.name) for one in teams if not one.is_firm]),
        ("Outside firms", [(f"team-{one.id}", one.name) for one in teams if one.is_firm]),
    ]


def _shares(request: InsideRequest, many: dict[int, int]) -> list[Share]:
    people = Member.objects.of(request.workspace).filter(id__in=many).select_related("team")
    shares = [
        Share(one.name, one.team.name if one.team and one.firm_id else "", many[one.id])
        for one in people
    ]
    return sorted(shares, key=lambda one: (-one.many, one.name))


def _those(asked: Asked, chosen: list[int]) -> Those:
    """Return the chosen leads, else all that match."""
    which = replace(asked.which, clause=EVERYONE, words=words.Words()) if chosen else asked.which
    condition, values = which.condition()
    if which.words:
        condition = f"lead.id IN ({words.everyone(which.words)}) AND {condition}"
    if chosen:
        condition, values["only"] = "lead.id = ANY(%(only)s)", chosen
    return Those(condition, values)


def _address(asked: Asked, chosen: list[int]) -> str:
    params: list[tuple[str, Any]] = [*asked.params().items(), *(("lead", one) for one in chosen)]
    page = reverse("leads:assigning", args=[asked.request.workspace.slug])
    return f"{page}?{urlencode(params)}"
