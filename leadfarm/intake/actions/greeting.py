"""Who greets a new inquiry, and by when (S2-17): the team of its source, else its sales owner."""

from datetime import datetime, time
from typing import Protocol

from leadfarm.access.models import Team, Workspace
from leadfarm.leads.actions.following import hours_of
from leadfarm.leads.actions.stepping import NextStep, plan_review
from leadfarm.leads.models import Lead, Task
from leadfarm.leads.routing import People, people_of
from leadfarm.rules import business_time
from leadfarm.rules.codes import NextKind, Side, TaskKind, TouchKind

# Long enough to finish a sentence and dial.
AT_ONCE_HOURS = 0.25


def greeting(
    workspace: Workspace, lead: Lead, kind: TouchKind, people: People | None, *, now: datetime
) -> tuple[NextStep, int | None]:
    """Return the greeting of an inquiry as a next step without its task, and the team that greets.

    Due in the business hours of who greets: their zone, hours, holidays and time off. Where the
    source names no team, it is the sales owner, or the PD owner while that one is away. `people`
    are read where nobody has yet.
    """
    people = people or people_of(workspace, now)
    team = _team(workspace, lead, now.astimezone(hours_of(workspace).zone))
    if kind.is_hand_raise and team is not None and team.side != Side.SALES:
        team = None  # who asked for sales by name is called by sales (S3-19)
    side, owner = (Side(team.side), None) if team else greeter_of(lead, people)
    step = NextStep(
        kind=NextKind.TASK,
        side=side,
        why=f"{kind.label}: {'call now' if kind.is_hand_raise else 'can we help now?'}",
        owner_id=owner,
        at=business_time.due(now, due_hours(kind), people.hours(owner)),
    )
    return step, team.id if team else None


def due_hours(kind: TouchKind) -> float:
    """Return within how many business hours somebody is greeted; a raised hand goes first."""
    return AT_ONCE_HOURS if kind.is_hand_raise else TaskKind.GREET.due_hours


class Owned(Protocol):
    """A lead, or what an import is about to make one of."""

    pd_owner_id: int | None
    sales_owner_id: int | None


def greeter_of(lead: Owned, people: People) -> tuple[Side, int | None]:
    """Return which owner of a lead greets, and for which side: one who is here, if any is."""
    owners = ((Side.SALES, lead.sales_owner_id), (Side.PD, lead.pd_owner_id))
    here = (one for one in owners if people.is_here(one[1]))
    known = (one for one in owners if one[1] in people.rows)
    return next(here, next(known, (Side.PD, None)))


def judging(workspace: Workspace, lead: Lead, *, now: datetime) -> NextStep:
    """Return the next step of a new lead that asked nothing: somebody looks at it soon."""
    soon = business_time.add_working_days(now, 1, hours_of(workspace))
    return plan_review(Side.PD, soon, "New: judge it", lead.pd_owner_id)


def _team(workspace: Workspace, lead: Lead, local: datetime) -> Team | None:
    """Return the greeting team of the source, unless it has its fill for today."""
    if lead.source is None or lead.source.greeting_team_id is None:
        return None
    team = Team.objects.of(workspace).get(id=lead.source.greeting_team_id)
    if team.daily_cap is None:
        return team
    today = datetime.combine(local.date(), time(), tzinfo=local.tzinfo)
    given = Task.objects.of(workspace).filter(team=team, kind=TaskKind.GREET, made_at__gte=today)
    return team if given.count() < team.daily_cap else None
