-- contacts_enriched: these people have been looked at
UPDATE leads_contact SET enriched_at = %(now)s
 WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s)
