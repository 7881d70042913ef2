-- upsert_account: the account of this domain, made or found in one statement
INSERT INTO leads_account AS account
       (workspace_id, name, name_key, domain, country, industry, recorded_at)
VALUES (%(workspace)s, %(name)s, %(name_key)s, %(domain)s, %(country)s, '', %(now)s)
    ON CONFLICT (workspace_id, domain) WHERE domain IS NOT NULL DO UPDATE
   SET country = coalesce(nullif(account.country, ''), excluded.country)
RETURNING id
