-- update_accounts: what a file tells of companies already here, as its overwrite rules allow
UPDATE leads_account account
   SET name = told.name, name_key = told.name_key, domain = told.domain, country = told.country,
       industry = told.industry, employees = told.employees
  FROM told_account told
 WHERE account.workspace_id = %(workspace)s AND account.id = told.id
