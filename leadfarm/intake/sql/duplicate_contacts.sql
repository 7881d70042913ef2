-- duplicate_contacts: what contacts are compared by, of those that were not merged into another
SELECT contact.id, contact.given_name, contact.family_name, contact.email_key,
       coalesce(contact.phone_key, contact.phone), account.name, contact.country, contact.job_title
  FROM leads_contact contact
  LEFT JOIN leads_account account ON account.workspace_id = contact.workspace_id
   AND account.id = contact.account_id
 WHERE contact.workspace_id = %(workspace)s
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = contact.workspace_id
                      AND merged.contact_id = contact.id AND merged.undone_at IS NULL)
 ORDER BY contact.id
