"""Who greets a new inquiry, and by when (S2-17): the team of its source, else its sales owner."""

from datetime import datetime, time

from leadfarm.access.models import Member, Team, Workspace
from leadfarm.leads.actions import Owners, make_task
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.rules import business_time
from leadfarm.rules.codes import NextKind, Role, Side, TaskKind, TouchKind
from leadfarm.rules.stages import OPEN


def greet(workspace: Workspace, lead: Lead, kind: TouchKind, *, now: datetime) -> Task | None:
    """Plan the greeting as the lead's next step, due in business hours; return it.

    None where there is something better to do already: a task, a program, or no open lead.
    """
    standing = Standing.objects.of(workspace).get(lead_id=lead.id)
    if not kind.is_inquiry or standing.stage not in OPEN or standing.next_kind != NextKind.REVIEW:
        return None
    hours = office_hours(workspace.id)
    team = _team(workspace, lead, now.astimezone(hours.zone))
    side = Side.SALES if team is None and lead.sales_owner_id else Side.PD
    return make_task(
        lead,
        TaskKind.GREET,
        side=Side(team.side) if team else side,
        owner_id=None if team else (lead.sales_owner_id or lead.pd_owner_id),
        team_id=team.id if team else None,
        why=f"{kind.label}: can we help now?",
        due_at=business_time.due(now, TaskKind.GREET.due_hours, hours),
        now=now,
    )


def owners_for(workspace: Workspace, number: int) -> Owners:
    """Return owners for a new lead, one of each side, in turn by its contact's number."""
    members = list(Member.objects.of(workspace).filter(left_at=None, firm_id=None).order_by("id"))

    def pick(role: Role) -> int | None:
        able = [member.id for member in members if member.role == role]
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
