"""What mailings do by themselves: begin when their time has come, end when nothing is left."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.access.models import Workspace
from leadfarm.consent.fragments import held_back
from leadfarm.engine.statements import statement
from leadfarm.outreach.codes import WAITING, MailingState, MessageKind, MessageState
from leadfarm.outreach.mailings.audience import SQL, asked_of, with_people
from leadfarm.outreach.models import Mailing
from leadfarm.rules.clauses import FaultyClause
from leadfarm.rules.consent import HeldBecause

STATES: dict[str, Any] = {
    "planned": int(MailingState.PLANNED),
    "going": int(MailingState.GOING),
    "done": int(MailingState.DONE),
    "one_off": int(MessageKind.ONE_OFF),
    "cancelled": int(MessageState.CANCELLED),
    "too_late": int(HeldBecause.TOO_LATE),
    "waiting": [int(state) for state in WAITING],
    "on_its_way": [int(state) for state in (*WAITING, MessageState.LEASED)],
}


def move_mailings(workspace: Workspace, now: datetime) -> dict[str, int]:
    """Begin what is due, drop what is too late, end what has gone out; return how many of each."""
    due = Mailing.objects.of(workspace).filter(state=MailingState.PLANNED, go_at__lte=now)
    begun = sum(begin(one, now) for one in due.select_related("template", "version", "workspace"))
    values = STATES | {"workspace": workspace.id, "now": now}
    late = statement(SQL / "late.sql").replace("{noted}", held_back("late"))
    with connection.cursor() as cursor:
        cursor.execute(late, values)
        dropped = cursor.rowcount
        cursor.execute(statement(SQL / "over.sql"), values)
        return {"planned": begun, "too late": dropped, "over": cursor.rowcount}


def workspaces_with_mailings() -> list[Workspace]:
    """Return the workspaces in which a mailing waits or goes out. The worker's view of them all."""
    moving = Mailing.objects.filter(state__in=[MailingState.PLANNED, MailingState.GOING])
    return list(Workspace.objects.filter(id__in=moving.values("workspace_id")).order_by("id"))


@transaction.atomic
def begin(mailing: Mailing, now: datetime) -> int:
    """Write the messages of a planned mailing into the ledger, once; return how many.

    One whose audience cannot be asked any more goes back to its draft, where the fault is said.
    """
    try:
        who, values = asked_of(mailing, now)
    except FaultyClause:
        mine = Mailing.objects.of(mailing.workspace_id).filter(id=mailing.id)
        mine.filter(state=MailingState.PLANNED).update(state=MailingState.DRAFT, version=None)
        return 0
    with connection.cursor() as cursor:
        cursor.execute(with_people("begin").replace("{who}", who), STATES | values)
        counts: dict[int, int] = dict(cursor.fetchall())
    if not counts:
        return 0
    left_out = {str(because): many for because, many in counts.items() if because}
    Mailing.objects.of(mailing.workspace_id).filter(id=mailing.id).update(left_out=left_out)
    return counts.get(0, 0)
