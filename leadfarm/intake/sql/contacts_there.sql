-- contacts_there: contacts known by an address, by a number, or (for names) by their account.
-- Numbers and accounts only find candidates: the name decides, as colleagues share a switchboard.
SELECT contact.id, contact.email_key, contact.phone_key, contact.account_id, contact.given_name,
       contact.family_name, contact.job_title, contact.phone, contact.country, contact.email
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.email_key = ANY(%(emails)s)
UNION ALL
SELECT contact.id, contact.email_key, contact.phone_key, contact.account_id, contact.given_name,
       contact.family_name, contact.job_title, contact.phone, contact.country, contact.email
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.phone_key = ANY(%(phones)s)
UNION ALL
SELECT contact.id, contact.email_key, contact.phone_key, contact.account_id, contact.given_name,
       contact.family_name, contact.job_title, contact.phone, contact.country, contact.email
  FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.account_id = ANY(%(accounts)s)
 ORDER BY 1
