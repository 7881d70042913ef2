"""Mail that contacts have just asked for: found where consent keeps it, planned in the ledger."""

from datetime import datetime

from django.db import connection

from leadfarm.outreach.codes import MessageKind, MessageState

# The row is marked by the statement that plans its message: never twice, never lost (law 7).
PLAN_ASKED = f"""
WITH due AS (
    SELECT id, lead_id, contact_id, text_id, nature FROM consent_askedmail
     WHERE workspace_id = %(workspace)s AND planned_at IS NULL AND asked_at <= %(now)s
     ORDER BY asked_at LIMIT 500 FOR UPDATE SKIP LOCKED),
marked AS (
    UPDATE consent_askedmail asked SET planned_at = %(now)s FROM due
     WHERE asked.workspace_id = %(workspace)s AND asked.id = due.id AND asked.planned_at IS NULL
    RETURNING asked.id),
planned AS (
    INSERT INTO outreach_message (workspace_id, kind, state, nature, lead_id, contact_id, text_id,
                                  planned_at, not_before)
    SELECT %(workspace)s, {int(MessageKind.ASKED_FOR)}, {int(MessageState.PLANNED)}, due.nature,
           due.lead_id, due.contact_id, due.text_id, %(now)s, %(now)s
      FROM due JOIN marked ON marked.id = due.id WHERE due.text_id IS NOT NULL
    RETURNING id)
SELECT count(*) FROM planned
"""  # noqa: S608 (numbers of code lists)


def plan_asked(workspace_id: int, now: datetime) -> int:
    """Plan the mails that were asked for; return how many. Safe to run side by side."""
    with connection.cursor() as cursor:
        cursor.execute(PLAN_ASKED, {"workspace": workspace_id, "now": now})
        return int(cursor.fetchone()[0])
