"""Mail to colleagues about what they are told: planned in the ledger, worded when it is sent.

Which mail goes when is theirs to choose (rules/notifications.py). It is mail within the house: no
contact's, not tracked, and no quiet window of anybody knows of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from leadfarm.access.models import Notification, Workspace
from leadfarm.leads.actions.following import hours_of
from leadfarm.outreach.codes import MessageKind
from leadfarm.outreach.models import Message
from leadfarm.rules.notifications import (
    MAILED_WITHIN,
    MAILS_APART,
    ByMail,
    NotificationKind,
    digest_before,
)
from leadfarm.rules.quiet_window import Nature

# What was read in the meantime is no news; what nobody could be mailed about for days neither.
WAITING = f"""
SELECT told.id, told.member_id, told.kind, told.told_at, member.time_zone, choice.by_mail,
       (SELECT max(planned_at) FROM outreach_message message
         WHERE message.workspace_id = %(workspace)s AND message.member_id = told.member_id
           AND message.kind = {int(MessageKind.TO_COLLEAGUE)}) AS mailed_at
  FROM access_notification told
  JOIN access_member member ON member.workspace_id = told.workspace_id
   AND member.id = told.member_id AND member.left_at IS NULL
  JOIN access_user account ON account.id = member.user_id AND account.is_active
  LEFT JOIN access_notificationchoice choice ON choice.workspace_id = told.workspace_id
   AND choice.member_id = told.member_id AND choice.kind = told.kind
 WHERE told.workspace_id = %(workspace)s AND told.read_at IS NULL AND told.message_id IS NULL
   AND told.told_at > %(since)s
 ORDER BY told.id LIMIT 5000 FOR UPDATE OF told SKIP LOCKED
"""  # noqa: S608 (numbers of code lists)


class Waiting(NamedTuple):
    """A notification that is in no mail yet, and what decides whether it goes into one."""

    id: int
    member_id: int
    kind: int
    told_at: datetime
    time_zone: str
    chosen: int | None
    mailed_at: datetime | None

    @property
    def by_mail(self) -> ByMail:
        """How its member wants to be mailed of such."""
        return ByMail(self.chosen or NotificationKind(self.kind).by_mail)


@transaction.atomic
def plan_told(workspace: Workspace, now: datetime) -> int:
    """Plan a mail for each colleague who waits for one; return how many. Safe side by side."""
    by_member: dict[int, list[Waiting]] = defaultdict(list)
    with connection.cursor() as cursor:
        terms: dict[str, Any] = {"workspace": workspace.id, "since": now - MAILED_WITHIN}
        cursor.execute(WAITING, terms)
        for row in cursor.fetchall():
            by_member[row[1]].append(Waiting(*row))
    planned = 0
    for member_id, waiting in by_member.items():
        chosen = list(_due(workspace, waiting, now))
        if chosen:
            _plan(workspace, member_id, chosen, now)
            planned += 1
    return planned


def _due(workspace: Workspace, waiting: list[Waiting], now: datetime) -> Iterable[int]:
    """Yield what goes out now to one member: at once, unless a mail has just gone; or the digest.

    What is urgent waits for nothing, and takes along what waits.
    """
    hours = hours_of(workspace)
    zone = ZoneInfo(waiting[0].time_zone) if waiting[0].time_zone else hours.zone
    digest = digest_before(now.astimezone(zone), hours.opens)
    last = waiting[0].mailed_at
    at_once = [one for one in waiting if one.by_mail is ByMail.AT_ONCE]
    is_urgent = any(NotificationKind(one.kind).is_urgent for one in at_once)
    if is_urgent or last is None or last <= now - MAILS_APART:
        yield from (one.id for one in at_once)
    yield from (one.id for one in waiting if one.by_mail is ByMail.DAILY and one.told_at <= digest)


def _plan(workspace: Workspace, member_id: int, told: list[int], now: datetime) -> None:
    message = Message.objects.create(
        workspace=workspace,
        kind=MessageKind.TO_COLLEAGUE,
        nature=Nature.CONFIRMATION,
        member_id=member_id,
        planned_at=now,
        not_before=now,
    )
    rows = Notification.objects.of(workspace).filter(id__in=told)
    rows.update(message_id=message.id)
