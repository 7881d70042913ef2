-- accounts_to_enrich: companies not looked at since they came or changed
SELECT id, name, domain, industry, country
  FROM leads_account
 WHERE workspace_id = %(workspace)s AND enriched_at IS NULL
 ORDER BY id LIMIT %(many)s FOR UPDATE SKIP LOCKED
