"""Teams and outside firms."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from leadfarm.access.actions.audit import audit
from leadfarm.access.actions.refusals import Refused
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, Workspace
from leadfarm.rules.codes import Side


@dataclass(frozen=True, kw_only=True)
class TeamShape:
    """What a team is: its name, whose side it works on, how much it takes and costs."""

    name: str
    side: Side
    is_firm: bool = False
    daily_cap: int | None = None
    hourly_rate: Decimal | None = None


def make_team(workspace: Workspace, shape: TeamShape, *, by: Actor, now: datetime) -> Team:
    """Return a new team; an outside firm gets its own wall. Call it inside the workspace."""
    team = Team(workspace=workspace)
    return _save(team, shape, "firm engaged" if shape.is_firm else "team made", by, now)


def change_team(team: Team, shape: TeamShape, *, by: Actor, now: datetime) -> Team:
    """Change a team; whether it is an outside firm stays as it was once somebody is in it."""
    is_peopled = Member.objects.of(team.workspace_id).filter(team=team).exists()
    if shape.is_firm != team.is_firm and is_peopled:
        raise Refused(
            f"{team} has members, who would gain or lose sight of the whole workspace.",
            "Make a new team and move them one by one.",
        )
    return _save(team, shape, "team changed", by, now)


def _save(team: Team, shape: TeamShape, action: str, by: Actor, now: datetime) -> Team:
    for name, value in vars(shape).items():
        setattr(team, name, value)
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise Refused(f"There is a team called {shape.name} already.") from None
    rate = None if shape.hourly_rate is None else str(shape.hourly_rate)
    audit(
        *(team.workspace_id, action),
        by=by,
        now=now,
        on=team,
        side=shape.side.slug,
        is_firm=shape.is_firm,
        daily_cap=shape.daily_cap,
        hourly_rate=rate,
    )
    return team
