-- capture_people: the account of this domain and the contact of this address, made or found in one
-- statement; blanks are filled. The contact's row stays locked until the end of the transaction: of
-- two captures of one person at the same time the second waits, and then finds the lead that the
-- first has opened.
WITH home AS (
    INSERT INTO leads_account AS account
           (workspace_id, name, name_key, domain, country, industry, recorded_at)
    SELECT %(workspace)s::integer, %(name)s, %(name_key)s, %(domain)s::text, %(country)s, '',
           %(now)s::timestamptz WHERE %(domain)s::text IS NOT NULL
        ON CONFLICT (workspace_id, domain) WHERE domain IS NOT NULL DO UPDATE
       SET country = coalesce(nullif(account.country, ''), excluded.country)
    RETURNING id, name, domain, country, industry, employees),
person AS (
    INSERT INTO leads_contact AS contact
           (workspace_id, account_id, given_name, family_name, job_title, email, email_key, phone,
            phone_key, country, time_zone, recorded_at)
    VALUES (%(workspace)s::integer, (SELECT id FROM home), %(given_name)s, %(family_name)s,
            %(job_title)s, %(email)s::text, nullif(%(email)s::text, ''), %(phone)s, %(phone_key)s, %(country)s, '',
            %(now)s::timestamptz)
        ON CONFLICT (workspace_id, email_key) WHERE email_key IS NOT NULL DO UPDATE
       SET account_id = coalesce(contact.account_id, excluded.account_id),
           given_name = coalesce(nullif(contact.given_name, ''), excluded.given_name),
           family_name = coalesce(nullif(contact.family_name, ''), excluded.family_name),
           job_title = coalesce(nullif(contact.job_title, ''), excluded.job_title),
           phone_key = CASE WHEN contact.phone = '' THEN excluded.phone_key
                            ELSE contact.phone_key END,
           phone = coalesce(nullif(contact.phone, ''), excluded.phone),
           country = coalesce(nullif(contact.country, ''), excluded.country)
    RETURNING contact.*, xmax = 0 AS is_fresh)
SELECT person.*, coalesce(home.name, theirs.name) AS account_name,
       coalesce(home.domain, theirs.domain) AS account_domain,
       coalesce(home.country, theirs.country) AS account_country,
       coalesce(home.industry, theirs.industry) AS account_industry,
       coalesce(home.employees, theirs.employees) AS account_employees
  FROM person LEFT JOIN home ON home.id = person.account_id
  LEFT JOIN leads_account theirs ON theirs.workspace_id = %(workspace)s::integer
   AND theirs.id = person.account_id AND home.id IS NULL
