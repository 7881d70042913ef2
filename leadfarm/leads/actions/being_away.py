"""Time off: entered, ended, and what becomes of the tasks that fall into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q

from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.statements import prepared
from leadfarm.leads.models import Task, TimeOff
from leadfarm.leads.routing import people_of
from leadfarm.leads.sql import statement
from leadfarm.rules.business_time import next_opening

LONGEST = timedelta(days=366)


def be_away(member: Member, from_on: date, until_on: date, *, by: Member, now: datetime) -> TimeOff:
    """Return new time off of a member; LeadfarmError where it is over, upside down or twice."""
    if until_on < from_on:
        raise LeadfarmError("The last day lies before the first.")
    if until_on < now.date():
        raise LeadfarmError("These days are over.")
    if until_on - from_on > LONGEST:
        raise LeadfarmError("More than a year is no time off.", "Let the member leave instead.")
    mine = TimeOff.objects.of(member.workspace_id).filter(member=member)
    if mine.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise LeadfarmError("They are away on some of these days already.")
    return TimeOff.objects.create(
        workspace_id=member.workspace_id, member=member, from_on=from_on, until_on=until_on,
        entered_at=now, entered_by=by,
    )  # fmt: skip


@transaction.atomic
def be_back(time_off: TimeOff, *, now: datetime) -> None:
    """End time off: from today on they are here, and have their tasks again."""
    take_tasks_back(time_off)
    time_off.delete()


def tasks_in(times: Sequence[TimeOff], workspace: Workspace) -> dict[int, int]:
    """Return by time off how much its member still has to do up to its end, in one query."""
    open_ones = Task.objects.of(workspace).filter(done_at=None, cancelled_at=None)
    many = {
        f"of_{one.id}": Count(
            "id", filter=Q(owner_id=one.member_id, due_at__lt=_end(one, workspace))
        )
        for one in times
    }
    owners = [one.member_id for one in times]
    counted = open_ones.filter(owner_id__in=owners).aggregate(**many) if many else {}
    return {one.id: counted[f"of_{one.id}"] for one in times}


def hand_tasks(time_off: TimeOff, workspace: Workspace, to: Member) -> int:
    """Give what is due in these days to somebody else; return how many tasks."""
    if to.id == time_off.member_id:
        raise LeadfarmError("Choose somebody else.")
    return _move(time_off, workspace, to=to.id, due=None)


def put_tasks_off(time_off: TimeOff, workspace: Workspace, *, now: datetime) -> int:
    """Put what is due in these days off to the return; return how many tasks."""
    hours = people_of(workspace, now, only=time_off.member_id).hours(time_off.member_id)
    due = next_opening(_end(time_off, workspace), hours) + timedelta(hours=1)
    return _move(time_off, workspace, to=None, due=due)


def take_tasks_back(time_off: TimeOff) -> int:
    """Undo what was done with the tasks, as far as they are still to do; return how many."""
    terms = {"workspace": time_off.workspace_id, "timeoff": time_off.id}
    return int(prepared(statement("move_tasks_back"), terms)[0]["many"])


def _move(time_off: TimeOff, workspace: Workspace, *, to: int | None, due: datetime | None) -> int:
    terms = {
        "workspace": workspace.id,
        "timeoff": time_off.id,
        "member": time_off.member_id,
        "until": _end(time_off, workspace),
        "to": to,
        "due": due,
    }
    return int(prepared(statement("move_tasks"), terms)[0]["many"])


def _end(time_off: TimeOff, workspace: Workspace) -> datetime:
    """Return the midnight after the last day."""
    zone = ZoneInfo(workspace.time_zone)
    return datetime.combine(time_off.until_on + timedelta(days=1), time(), tzinfo=zone)
