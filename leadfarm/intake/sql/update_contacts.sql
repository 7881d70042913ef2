-- update_contacts: what a file tells of people already here, as its overwrite rules allow
UPDATE leads_contact contact
   SET given_name = told.given_name, family_name = told.family_name, job_title = told.job_title,
       phone = told.phone, phone_key = told.phone_key, country = told.country,
       account_id = told.account_id
  FROM told_contact told
 WHERE contact.workspace_id = %(workspace)s AND contact.id = told.id
