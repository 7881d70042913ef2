-- upsert_contact: the contact of this address, made or found in one statement; blanks are filled.
-- The row stays locked until the end of the transaction: of two captures of one person at the same
-- time the second waits, and then finds the lead that the first has opened.
INSERT INTO leads_contact AS contact
       (workspace_id, account_id, given_name, family_name, job_title, email, email_key, phone,
        phone_key, country, time_zone, recorded_at)
VALUES (%(workspace)s, %(account)s, %(given_name)s, %(family_name)s, %(job_title)s, %(email)s,
        %(email)s, %(phone)s, %(phone_key)s, %(country)s, '', %(now)s)
    ON CONFLICT (workspace_id, email_key) WHERE email_key IS NOT NULL DO UPDATE
   SET account_id = coalesce(contact.account_id, excluded.account_id),
       given_name = coalesce(nullif(contact.given_name, ''), excluded.given_name),
       family_name = coalesce(nullif(contact.family_name, ''), excluded.family_name),
       job_title = coalesce(nullif(contact.job_title, ''), excluded.job_title),
       phone_key = CASE WHEN contact.phone = '' THEN excluded.phone_key ELSE contact.phone_key END,
       phone = coalesce(nullif(contact.phone, ''), excluded.phone),
       country = coalesce(nullif(contact.country, ''), excluded.country)
RETURNING id, xmax = 0
