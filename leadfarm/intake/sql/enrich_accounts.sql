-- enrich_accounts: what a provider told of companies fills what is blank, and its origin is kept.
-- A name is filled where nothing but the domain was known.
WITH told AS (
    SELECT * FROM unnest(%(of)s::bigint[], %(fields)s::smallint[], %(codes)s::text[],
                         %(keys)s::text[], %(sure)s::smallint[])
        AS told (id, field, code, key, sure)),
blank AS (
    SELECT told.* FROM told
      JOIN leads_account account ON account.workspace_id = %(workspace)s AND account.id = told.id
     WHERE CASE told.field WHEN 1 THEN account.name = account.domain
                           WHEN 3 THEN account.country = ''
                           WHEN 5 THEN account.sector IS NULL ELSE false END),
flat AS (
    SELECT id, max(code) FILTER (WHERE field = 1) AS name, max(key) FILTER (WHERE field = 1) AS key,
           max(code) FILTER (WHERE field = 3) AS country,
           max(code) FILTER (WHERE field = 5)::smallint AS sector
      FROM blank GROUP BY id),
changed AS (
    UPDATE leads_account account
       SET name = coalesce(flat.name, account.name),
           name_key = coalesce(flat.key, account.name_key),
           country = coalesce(flat.country, account.country),
           sector = coalesce(flat.sector, account.sector)
      FROM flat WHERE account.workspace_id = %(workspace)s AND account.id = flat.id),
kept AS (
    INSERT INTO leads_profilefact (workspace_id, account_id, field, value_code, confidence, source,
                                   happened_at, known_at, recorded_at)
    SELECT %(workspace)s, id, field, CASE WHEN field = 1 THEN '' ELSE code END, sure, %(source)s,
           %(now)s, %(now)s, %(now)s
      FROM blank RETURNING 1)
SELECT (SELECT count(*) FROM kept), coalesce((SELECT array_agg(id) FROM flat WHERE name IS NOT NULL), '{}')
