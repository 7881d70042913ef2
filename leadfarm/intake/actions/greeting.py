"""Who greets a new inquiry, and by when (S2-17): the team of its source, else its sales owner."""

from datetime import datetime, time

from leadfarm.access.models import Team, Workspace
from leadfarm.engine.statements import prepared
from leadfarm.leads.actions import Owners
from leadfarm.leads.actions.following import hours_of
from leadfarm.leads.actions.stepping import NextStep, plan_review
from leadfarm.leads.models import Lead, Task
from leadfarm.rules import business_time
from leadfarm.rules.codes import NextKind, Role, Side, TaskKind, TouchKind

OWN_MEMBERS = """
SELECT id, role FROM access_member
 WHERE workspace_id = %(workspace)s::integer AND left_at IS NULL AND firm_id IS NULL ORDER BY id
"""


def greeting(
    workspace: Workspace, lead: Lead, kind: TouchKind, *, now: datetime
) -> tuple[NextStep, int | None]:
    """Return the greeting of an inquiry as a next step without its task, due in business hours.

    The second is the team that greets, where the source names one.
    """
    hours = hours_of(workspace)
    team = _team(workspace, lead, now.astimezone(hours.zone))
    side = Side.SALES if team is None and lead.sales_owner_id else Side.PD
    step = NextStep(
        kind=NextKind.TASK,
        side=Side(team.side) if team else side,
        why=f"{kind.label}: can we help now?",
        owner_id=None if team else (lead.sales_owner_id or lead.pd_owner_id),
        at=business_time.due(now, TaskKind.GREET.due_hours, hours),
    )
    return step, team.id if team else None


def judging(workspace: Workspace, lead: Lead, *, now: datetime) -> NextStep:
    """Return the next step of a new lead that asked nothing: somebody looks at it soon."""
    soon = business_time.add_working_days(now, 1, hours_of(workspace))
    return plan_review(Side.PD, soon, "New: judge it", lead.pd_owner_id)


def owners_for(workspace: Workspace, number: int) -> Owners:
    """Return owners for a new lead, one of each side, in turn by its contact's number."""
    members = prepared(OWN_MEMBERS, {"workspace": workspace.id})

    def pick(role: Role) -> int | None:
        able = [int(member["id"]) for member in members if member["role"] == role]
        return able[number % len(able)] if able else None

    return Owners(pick(Role.MARKETER), pick(Role.PD), pick(Role.SALES_REP))


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
