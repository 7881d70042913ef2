-- enrich_contacts: what a provider told of people fills what is blank, and its origin is kept
WITH told AS (
    SELECT * FROM unnest(%(of)s::bigint[], %(fields)s::smallint[], %(codes)s::text[],
                         %(sure)s::smallint[]) AS told (id, field, code, sure)),
blank AS (
    SELECT told.* FROM told
      JOIN leads_contact contact ON contact.workspace_id = %(workspace)s AND contact.id = told.id
     WHERE CASE told.field WHEN 3 THEN contact.country = ''
                           WHEN 8 THEN contact.seniority IS NULL
                           WHEN 9 THEN contact.department IS NULL ELSE false END),
flat AS (
    SELECT id, max(code) FILTER (WHERE field = 3) AS country,
           max(code) FILTER (WHERE field = 8)::smallint AS seniority,
           max(code) FILTER (WHERE field = 9)::smallint AS department
      FROM blank GROUP BY id),
changed AS (
    UPDATE leads_contact contact
       SET country = coalesce(flat.country, contact.country),
           seniority = coalesce(flat.seniority, contact.seniority),
           department = coalesce(flat.department, contact.department)
      FROM flat WHERE contact.workspace_id = %(workspace)s AND contact.id = flat.id),
kept AS (
    INSERT INTO leads_profilefact (workspace_id, contact_id, field, value_code, confidence, source,
                                   happened_at, known_at, recorded_at)
    SELECT %(workspace)s, id, field, code, sure, %(source)s, %(now)s, %(now)s, %(now)s
      FROM blank RETURNING 1)
SELECT count(*), '{}'::bigint[] FROM kept
