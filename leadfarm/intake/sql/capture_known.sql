-- capture_known: the contact that a surer key than its address has found, locked, blanks filled; an
-- address only where nobody else has it
WITH person AS (
    UPDATE leads_contact contact
       SET given_name = coalesce(nullif(contact.given_name, ''), %(given_name)s),
           family_name = coalesce(nullif(contact.family_name, ''), %(family_name)s),
           job_title = coalesce(nullif(contact.job_title, ''), %(job_title)s),
           phone_key = CASE WHEN contact.phone = '' THEN %(phone_key)s::text
                            ELSE contact.phone_key END,
           phone = coalesce(nullif(contact.phone, ''), %(phone)s),
           country = coalesce(nullif(contact.country, ''), %(country)s),
           email = CASE WHEN address.is_free THEN %(email)s::text ELSE contact.email END,
           email_key = CASE WHEN address.is_free THEN %(email)s::text ELSE contact.email_key END
      FROM (SELECT %(email)s::text <> '' AND NOT EXISTS (
                SELECT FROM leads_contact other WHERE other.workspace_id = %(workspace)s::integer
                   AND other.email_key = %(email)s::text) AS is_unknown) asked,
           LATERAL (SELECT asked.is_unknown AND EXISTS (
                SELECT FROM leads_contact own WHERE own.workspace_id = %(workspace)s::integer
                   AND own.id = %(contact)s::bigint AND own.email_key IS NULL) AS is_free) address
     WHERE contact.workspace_id = %(workspace)s::integer AND contact.id = %(contact)s::bigint
    RETURNING contact.*)
SELECT person.*, false AS is_fresh, home.name AS account_name, home.domain AS account_domain,
       home.country AS account_country, home.industry AS account_industry,
       home.employees AS account_employees
  FROM person LEFT JOIN leads_account home
    ON home.workspace_id = person.workspace_id AND home.id = person.account_id
