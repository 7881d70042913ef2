-- contacts_there: contacts known by an address, by a number, or (for names) by their account.
-- Numbers and accounts only find candidates: the name decides, as colleagues share a switchboard.
-- A merged contact gives its address to the survivor, and is found by nothing else.
SELECT it.id, contact.email_key, it.phone_key, it.account_id, it.given_name,
       it.family_name, it.job_title, it.phone, it.country, it.email
  FROM leads_contact contact
  LEFT JOIN intake_merge merged ON merged.workspace_id = contact.workspace_id
   AND merged.contact_id = contact.id AND merged.undone_at IS NULL
  JOIN leads_contact it ON it.workspace_id = contact.workspace_id
   AND it.id = coalesce(merged.into_contact_id, contact.id)
 WHERE contact.workspace_id = %(workspace)s AND contact.email_key = ANY(%(emails)s)
UNION ALL
SELECT contact.id, contact.email_key, contact.phone_key, contact.account_id, contact.given_name,
       contact.family_name, contact.job_title, contact.phone, contact.country, contact.email
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.phone_key = ANY(%(phones)s)
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = contact.workspace_id
                      AND merged.contact_id = contact.id AND merged.undone_at IS NULL)
UNION ALL
SELECT contact.id, contact.email_key, contact.phone_key, contact.account_id, contact.given_name,
       contact.family_name, contact.job_title, contact.phone, contact.country, contact.email
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.account_id = ANY(%(accounts)s)
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = contact.workspace_id
                      AND merged.contact_id = contact.id AND merged.undone_at IS NULL)
 ORDER BY 1
