-- accounts_enriched: these companies have been looked at
UPDATE leads_account SET enriched_at = %(now)s
 WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s)
