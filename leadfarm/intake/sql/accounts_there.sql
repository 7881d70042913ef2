-- accounts_there: accounts known by the domains or the names of a chunk of rows
SELECT account.id, account.domain, account.name_key, account.name, account.country,
       account.industry, account.employees
  FROM leads_account account
 WHERE account.workspace_id = %(workspace)s AND account.domain = ANY(%(domains)s)
UNION ALL
SELECT account.id, account.domain, account.name_key, account.name, account.country,
       account.industry, account.employees
  FROM leads_account account
 WHERE account.workspace_id = %(workspace)s AND account.name_key = ANY(%(names)s)
 ORDER BY 1
