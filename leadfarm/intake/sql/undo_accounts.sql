-- undo_accounts: companies the import brought, which nothing else knows
DELETE FROM leads_account account
 WHERE account.workspace_id = %(workspace)s AND account.recorded_at = %(at)s
   AND NOT EXISTS (SELECT FROM leads_lead lead WHERE lead.workspace_id = account.workspace_id
                      AND lead.account_id = account.id)
   AND NOT EXISTS (SELECT FROM leads_contact contact
                    WHERE contact.workspace_id = account.workspace_id
                      AND contact.account_id = account.id)
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = account.workspace_id
                      AND account.id IN (merged.account_id, merged.into_account_id))
