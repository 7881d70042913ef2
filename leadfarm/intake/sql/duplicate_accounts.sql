-- duplicate_accounts: what accounts are compared by, of those that were not merged into another
SELECT account.id, account.name, account.domain, account.country, account.industry
  FROM leads_account account
 WHERE account.workspace_id = %(workspace)s
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = account.workspace_id
                      AND merged.account_id = account.id AND merged.undone_at IS NULL)
 ORDER BY account.id
