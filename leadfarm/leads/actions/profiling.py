"""Who objects to profiling has no scores: the standings of their leads say so."""

from collections.abc import Sequence

from django.db import connection

# The database empties heat and fit of an unscored standing by itself (migrations).
MATCH = """
UPDATE leads_standing standing
   SET unscored = wish.objects,
       heat = CASE WHEN NOT wish.objects THEN heat END,
       fit = CASE WHEN NOT wish.objects THEN fit END
  FROM (SELECT lead.id, coalesce(contact.no_profiling, false) AS objects
          FROM leads_lead lead
          LEFT JOIN leads_contact contact
            ON contact.workspace_id = lead.workspace_id AND contact.id = lead.contact_id
         WHERE lead.workspace_id = %(workspace)s AND lead.id = ANY(%(leads)s)) wish
 WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = wish.id
   AND standing.unscored <> wish.objects
"""


def match_standings(workspace_id: int, leads: Sequence[int]) -> int:
    """Let the standings of these leads follow their first contact's wish; return how many did."""
    with connection.cursor() as cursor:
        cursor.execute(MATCH, {"workspace": workspace_id, "leads": list(leads)})
        return int(cursor.rowcount)
