"""What must hold after any number of ticks: every open lead has one next step, and it can come."""

from django.db import connection

from leadfarm.access.walls import within

# Each row is an open lead whose next step does not exist, is over, or will never be looked at.
STRANDED = """
SELECT standing.lead_id, standing.next_kind, standing.next_why
  FROM leads_standing standing
  LEFT JOIN leads_task task
    ON task.workspace_id = standing.workspace_id AND task.id = standing.task_id
  LEFT JOIN nurture_enrolment enrolment
    ON enrolment.workspace_id = standing.workspace_id AND enrolment.id = standing.enrolment_id
 WHERE standing.workspace_id = %s AND standing.stage <= 6
   AND CASE standing.next_kind
         WHEN 1 THEN task.done_at IS NOT NULL OR task.cancelled_at IS NOT NULL
         WHEN 2 THEN enrolment.state IS NULL OR enrolment.state > 3
         WHEN 3 THEN standing.next_at IS NULL
         ELSE true END
"""


def stranded(workspace_id: int) -> list[tuple[int, int, str]]:
    """Return the open leads whose next step has fallen through."""
    with within(workspace_id), connection.cursor() as cursor:
        cursor.execute(STRANDED, [workspace_id])
        return cursor.fetchall()


def twice_touched(workspace_id: int, days: float) -> list[int]:
    """Return the contacts with two planned messages closer together than so many days."""
    with within(workspace_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact_id FROM (SELECT contact_id, planned_at - lag(planned_at) OVER"
            " (PARTITION BY contact_id ORDER BY planned_at, id) AS gap FROM outreach_message"
            " WHERE workspace_id = %s) gaps WHERE gap < make_interval(secs => %s)",
            [workspace_id, days * 86_400],
        )
        return [row[0] for row in cursor.fetchall()]
