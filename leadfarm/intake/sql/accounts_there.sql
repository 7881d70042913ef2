-- accounts_there: accounts known by the domains or the names of a chunk of rows
-- A merged account gives its domain and its name to the survivor.
SELECT it.id, account.domain, account.name_key, it.name, it.country, it.industry, it.employees
  FROM leads_account account
  LEFT JOIN intake_merge merged ON merged.workspace_id = account.workspace_id
   AND merged.account_id = account.id AND merged.undone_at IS NULL
  JOIN leads_account it ON it.workspace_id = account.workspace_id
   AND it.id = coalesce(merged.into_account_id, account.id)
 WHERE account.workspace_id = %(workspace)s AND account.domain = ANY(%(domains)s)
UNION ALL
SELECT it.id, account.domain, account.name_key, it.name, it.country, it.industry, it.employees
  FROM leads_account account
  LEFT JOIN intake_merge merged ON merged.workspace_id = account.workspace_id
   AND merged.account_id = account.id AND merged.undone_at IS NULL
  JOIN leads_account it ON it.workspace_id = account.workspace_id
   AND it.id = coalesce(merged.into_account_id, account.id)
 WHERE account.workspace_id = %(workspace)s AND account.name_key = ANY(%(names)s)
 ORDER BY 1
