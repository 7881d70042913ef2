"""A member leaves: leads and tasks go on to others by the rules, and back on a return (S1-7)."""

from __future__ import annotations

import json
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
from leadfarm.rules.codes import Role, Side
from leadfarm.rules.routing import How, one_as_json
from leadfarm.rules.stages import Stage

STILL_WORKED = f"standing.stage NOT IN ({int(Stage.WON)}, {int(Stage.CUSTOMER)})"


def gone(member: Member, by: Actor, now: datetime) -> None:
    """Give every lead and task of somebody who has gone to others; won ones keep their names.

    By the rules as for new leads, though nobody's places are counted: it is nothing new. A side
    without any people is left empty, until somebody comes.
    """
    workspace = Workspace.objects.get(id=member.workspace_id)
    for side, column in COLUMNS.items():
        _hand_on(workspace, side, Those(f"lead.{column} = %(gone)s", {"gone": member.id}), by, now)
    hand_on_work(workspace.id)


def come(member: Member, by: Actor, now: datetime, left_at: datetime | None) -> None:
    """Give somebody back what was handed on when they left, and what nobody looks after."""
    workspace = Workspace.objects.get(id=member.workspace_id)
    if left_at is not None:
        take_back(workspace.id, at=left_at, by=by, was=member.id)
    side = Role(member.role).side
    others = Member.objects.of(workspace).filter(role=member.role, left_at=None, firm_id=None)
    if side is not None and member.firm_id is None and not others.exclude(id=member.id).exists():
        _hand_on(workspace, side, Those(f"lead.{COLUMNS[side]} IS NULL", {}), by, now)


def hand_on_work(workspace_id: int) -> int:
    """Give tasks and steps that wait for somebody who has left to who is here; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement("hand_on_work"), {"workspace": workspace_id})
        return sum(cursor.fetchone())


def _hand_on(workspace: Workspace, side: Side, those: Those, by: Actor, now: datetime) -> None:
    """Give one side of these leads to whom the rules say, some thousands at a time."""
    router = Router(workspace, now, limits=False)
    for rows in _portions(workspace, side, those, now):
        owners = account_owners(workspace.id, [row.account for row in rows if row.account])
        changes = []
        for row in rows:
            account = owners.get(row.account or 0, {})
            one = router.give(row.facts, account=account, sides=(side,)).get(side)
            nobody = Change(row.id, None, None, json.dumps({"how": int(How.TURN)}))
            changes.append(Change(row.id, one.to, one.firm, one_as_json(one)) if one else nobody)
        write(workspace, side, changes, by=by, now=now)
    router.save()


def take_back(
    workspace_id: int,
    *,
    at: datetime,
    by: Actor,
    was: int | None = None,
    made_by: int | None = None,
) -> int:
    """Undo what was assigned at that instant, where the lead is still with whom it went to.

    Nothing goes back to nobody, or to somebody who has left. `made_by`: only what this member did;
    `was`: only what this member had. Returns how many.
    """
    workspace = Workspace.objects.get(id=workspace_id)
    made = Assignment.objects.of(workspace_id).filter(recorded_at=at).select_related("lead")
    if made_by is not None:
        made = made.filter(member_id=made_by)
    present = Member.objects.of(workspace_id).filter(left_at=None)
    here = set(present.values_list("id", flat=True))
    changes: dict[Side, list[Change]] = {}
    for one in made:
        for side, column in COLUMNS.items():
            told = one.reasons.get(side.slug)
            if told is None or (was is not None and told.get("was") != was):
                continue
            if getattr(one.lead, column) == told.get("to") and told.get("was") in here:
                reasons = json.dumps({"how": int(How.BACK)})
                before = Change(one.lead_id, told.get("was"), told.get("was_firm"), reasons)
                changes.setdefault(side, []).append(before)
    return sum(write(workspace, side, those, by=by, now=at) for side, those in changes.items())


def _portions(workspace: Workspace, side: Side, those: Those, now: datetime) -> Iterator[list[Row]]:
    last = 0
    condition = f"{those.condition} AND lead.id > %(last)s AND {STILL_WORKED}"
    while True:
        values = {**those.values, "last": last}
        rows = leads_for(workspace, Those(condition, values), side, now)
        if rows:
            yield rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id
