"""Whom the record tells of people who come to us, and what such a notification says (S2-17)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from leadfarm.access.models import Notification, Workspace
from leadfarm.access.notices import Told, telling
from leadfarm.leads.models import Lead
from leadfarm.leads.models.task import ANNOUNCED
from leadfarm.rules.codes import Disposition, Follow, Role, Side, TaskKind, TouchKind
from leadfarm.rules.notifications import AHEAD, MAILED_WITHIN, NotificationKind

ABOUT_LEADS = (
    *(NotificationKind.HAND_RAISED, NotificationKind.GREET_DUE, NotificationKind.GREET_OVERDUE),
    NotificationKind.LEAD_ASSIGNED,
)
RAISING = [int(kind) for kind in TouchKind if kind.is_hand_raise]
WANTS_HELP = [int(one) for one in Disposition if one.follow is Follow.FAST_TRACK]
ROLE_OF_SIDE = f"""CASE waiting.side WHEN {int(Side.MARKETING)} THEN {int(Role.MARKETER)}
                               WHEN {int(Side.PD)} THEN {int(Role.PD)}
                               WHEN {int(Side.SALES)} THEN {int(Role.SALES_REP)} END"""
# A raised hand is told when it is raised; any other greeting when work on it can begin, and again
# when it is late. The owner is told; where there is none, the team; else everybody of the side.
TELL = f"""
WITH waiting AS (
    SELECT task.lead_id, task.owner_id, task.team_id, task.side, task.kind, task.made_at,
           task.due_at, raised.at AS raised_at
      FROM leads_task task
      LEFT JOIN LATERAL (
           SELECT max(touch.recorded_at) AS at FROM leads_touch touch
            WHERE task.made_at > %(lately)s AND touch.workspace_id = %(workspace)s
              AND touch.lead_id = task.lead_id
              AND touch.happened_at > task.made_at - interval '1 day'
              AND touch.recorded_at >= task.made_at
              AND (touch.kind = ANY(%(raising)s) OR touch.disposition = ANY(%(wants_help)s))
           ) raised ON true
     WHERE task.workspace_id = %(workspace)s AND task.kind IN ({", ".join(map(str, ANNOUNCED))})
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
       AND task.due_at > %(since)s),
happened AS (
    SELECT waiting.*, {int(NotificationKind.HAND_RAISED)} AS told, raised_at AS happened_at
      FROM waiting WHERE raised_at IS NOT NULL
    UNION ALL
    SELECT waiting.*, CASE WHEN due_at > %(now)s THEN {int(NotificationKind.GREET_DUE)}
                           ELSE {int(NotificationKind.GREET_OVERDUE)} END, due_at
      FROM waiting
     WHERE kind = {int(TaskKind.GREET)} AND due_at <= %(soon)s
       AND (due_at <= %(now)s OR raised_at IS NULL)),
whom AS (
    SELECT waiting.owner_id AS member_id, waiting.told AS kind, waiting.lead_id AS subject_id,
           waiting.happened_at, 1 AS many FROM happened waiting WHERE waiting.owner_id IS NOT NULL
    UNION
    SELECT colleague.id, waiting.told, waiting.lead_id, waiting.happened_at, 1
      FROM happened waiting
      JOIN access_member colleague ON colleague.workspace_id = %(workspace)s
       AND CASE WHEN waiting.team_id IS NOT NULL THEN colleague.team_id = waiting.team_id
                ELSE colleague.firm_id IS NULL AND colleague.role = {ROLE_OF_SIDE} END
     WHERE waiting.owner_id IS NULL)
{telling("whom")}
"""  # noqa: S608 (numbers of code lists)


def tell_of_greetings(workspace_id: int, now: datetime) -> int:
    """Tell colleagues of raised hands and of greetings due or late; return how many were told."""
    terms: dict[str, Any] = {
        "workspace": workspace_id,
        "now": now,
        "soon": now + AHEAD,
        "since": now - MAILED_WITHIN,
        "lately": now - MAILED_WITHIN,
        "raising": RAISING,
        "wants_help": WANTS_HELP,
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, terms)
        return int(cursor.rowcount)


def describe(workspace: Workspace, rows: Sequence[Notification]) -> Mapping[int, Told]:
    """Return in words what is told of leads; two queries at most, whatever their number."""
    ids = {row.subject_id for row in rows}
    leads = Lead.objects.of(workspace).filter(id__in=ids).select_related("contact", "account")
    found = {lead.id: lead for lead in leads}
    return {
        row.id: _told(workspace, row, found[row.subject_id])
        for row in rows
        if row.subject_id in found
    }


def _told(workspace: Workspace, row: Notification, lead: Lead) -> Told:
    address = {"workspace": workspace.slug, "lead_id": lead.id}
    href, who = reverse("leads:record", kwargs=address), _who(lead)
    match NotificationKind(row.kind):
        case NotificationKind.HAND_RAISED:
            return Told(f"{who} asks for help now", href, lead.need or lead.title)
        case NotificationKind.GREET_DUE:
            return Told(f"Greet {who}", href, "Due", row.happened_at)
        case NotificationKind.GREET_OVERDUE:
            return Told(f"{who} still waits for a greeting", href, "Was due", row.happened_at)
        case _ if row.many > 1:
            everything = reverse("leads:list", kwargs={"workspace": workspace.slug})
            return Told(f"{row.many:,} leads are yours now", everything)
        case _:
            return Told(f"{who} is yours now", href, lead.need or lead.title)


def _who(lead: Lead) -> str:
    name = lead.contact.name if lead.contact else ""
    company = lead.account.name if lead.account else ""
    if name and company:
        return f"{name} ({company})"
    return name or company or lead.title or f"Lead {lead.id}"
