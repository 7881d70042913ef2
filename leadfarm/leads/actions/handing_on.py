"""A member leaves: leads and tasks go on to others by the rules, and back on a return (S1-7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.leads.actions.assigning import (
    AT_ONCE,
    COLUMNS,
    Change,
    Row,
    Those,
    leads_for,
    write,
)
from leadfarm.leads.models import Assignment
from leadfarm.leads.routing import Router
from leadfarm.leads.routing.router import account_owners
from leadfarm.leads.sql import statement
from leadfarm.rules.codes import Side
from leadfarm.rules.routing import How
from leadfarm.rules.stages import Stage

STILL_WORKED = f"standing.stage NOT IN ({int(Stage.WON)}, {int(Stage.CUSTOMER)})"


def hand_on(member: Member, by: Actor, now: datetime) -> None:
    """Give every lead and task of somebody who has left to others; won ones keep their names.

    By the rules as for new leads, though nobody's places are counted: it is nothing new.
    """
    workspace = Workspace.objects.get(id=member.workspace_id)
    for side in COLUMNS:
        router = Router(workspace, now, limits=False)
        for rows in _of(workspace, member, side, now):
            owners = account_owners(workspace.id, [row.account for row in rows if row.account])
            changes = []
            for row in rows:
                account = owners.get(row.account or 0, {})
                one = router.give(row.facts, account=account, sides=(side,)).get(side)
                if one is not None:
                    changes.append(Change(row.id, one.to, one.firm, one.as_json()))
            write(workspace, side, changes, by=by, now=now)
        router.save()
    with connection.cursor() as cursor:
        terms = {"workspace": workspace.id, "gone": member.id}
        cursor.execute(statement("hand_on_tasks"), terms)


def hand_back(member: Member, by: Actor, left_at: datetime) -> None:
    """Give back what was handed on when this member left, as far as nobody has changed it."""
    take_back(member.workspace_id, at=left_at, by=by, was=member.id)


def take_back(
    workspace_id: int,
    *,
    at: datetime,
    by: Actor,
    was: int | None = None,
    made_by: int | None = None,
) -> int:
    """Undo what was assigned at that instant, where the lead is still with whom it went to.

    `made_by`: only what this member did; `was`: only what this member had. Returns how many.
    """
    workspace = Workspace.objects.get(id=workspace_id)
    made = Assignment.objects.of(workspace_id).filter(recorded_at=at).select_related("lead")
    if made_by is not None:
        made = made.filter(member_id=made_by)
    changes: dict[Side, list[Change]] = {}
    for one in made:
        for side, column in COLUMNS.items():
            told = one.reasons.get(side.slug)
            if told is None or (was is not None and told.get("was") != was):
                continue
            if getattr(one.lead, column) == told["to"]:
                reasons = {"how": int(How.BACK)}
                before = Change(one.lead_id, told.get("was"), told.get("was_firm"), reasons)
                changes.setdefault(side, []).append(before)
    return sum(write(workspace, side, those, by=by, now=at) for side, those in changes.items())


def _of(workspace: Workspace, member: Member, side: Side, now: datetime) -> Iterator[list[Row]]:
    """Give the leads of a member on one side, some thousands at a time."""
    last = 0
    condition = f"lead.{COLUMNS[side]} = %(gone)s AND lead.id > %(last)s AND {STILL_WORKED}"
    while True:
        values = {"gone": member.id, "last": last}
        rows = leads_for(workspace, Those(condition, values), side, now)
        if rows:
            yield rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id
