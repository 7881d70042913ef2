"""Who objects to profiling has no scores: the standings of their leads say so."""

from collections.abc import Sequence

from django.db import connection

# The database empties heat and fit of an unscored standing by itself (migrations).
MATCH = """
UPDATE leads_standing standing
   SET unscored = contact.no_profiling,
       heat = CASE WHEN NOT contact.no_profiling THEN heat END,
       fit = CASE WHEN NOT contact.no_profiling THEN fit END
  FROM leads_lead lead
  JOIN leads_contact contact
    ON contact.workspace_id = lead.workspace_id AND contact.id = lead.contact_id
 WHERE standing.workspace_id = %(workspace)s AND lead.workspace_id = %(workspace)s
   AND standing.lead_id = lead.id AND lead.id = ANY(%(leads)s)
   AND standing.unscored <> contact.no_profiling
"""


def match_standings(workspace_id: int, leads: Sequence[int]) -> int:
    """Let the standings of these leads follow their first contact's wish; return how many did."""
    with connection.cursor() as cursor:
        cursor.execute(MATCH, {"workspace": workspace_id, "leads": list(leads)})
        return int(cursor.rowcount)
