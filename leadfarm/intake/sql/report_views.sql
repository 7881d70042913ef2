-- report_views: pages join the visit that goes on, or open one; half an hour without a page ends it.
WITH told AS (
    SELECT * FROM unnest(%(paths)s::text[], %(titles)s::text[], %(times)s::timestamptz[])
               AS told (path, title, seen_at)
), latest AS (
    SELECT id FROM intake_visit
     WHERE workspace_id = %(workspace)s::integer AND visitor_id = %(visitor)s::bigint
     ORDER BY last_at DESC LIMIT 1
), goes_on AS (
    UPDATE intake_visit visit
       SET last_at = greatest(visit.last_at, %(until)s::timestamptz),
           pages = visit.pages + %(pages)s::integer,
           by_machine = visit.by_machine OR %(by_machine)s::boolean,
           utm = coalesce(visit.utm, %(utm)s::jsonb)
      FROM latest
     WHERE visit.workspace_id = %(workspace)s::integer AND visit.id = latest.id
       AND visit.last_at >= %(since)s::timestamptz - interval '30 minutes'
       AND visit.contact_id IS NOT DISTINCT FROM %(contact)s::bigint
    RETURNING visit.id
), opened AS (
    INSERT INTO intake_visit (workspace_id, visitor_id, contact_id, started_at, last_at, pages,
                              told, by_machine, referrer, utm, network)
    SELECT %(workspace)s::integer, %(visitor)s::bigint, %(contact)s::bigint,
           %(since)s::timestamptz, %(until)s::timestamptz, %(pages)s::integer, 0,
           %(by_machine)s::boolean, %(referrer)s::text, %(utm)s::jsonb, %(network)s::text
     WHERE %(pages)s::integer > 0 AND NOT EXISTS (SELECT FROM goes_on)
    RETURNING id
), visit AS (
    SELECT id FROM goes_on UNION ALL SELECT id FROM opened
), there AS (
    SELECT id, path, title FROM intake_sitepage
     WHERE workspace_id = %(workspace)s::integer AND host = %(host)s::text
       AND path = ANY(%(paths)s::text[])
), named AS (
    INSERT INTO intake_sitepage AS page (workspace_id, host, path, title)
    SELECT DISTINCT ON (path) %(workspace)s::integer, %(host)s::text, path, title FROM told
     WHERE NOT EXISTS (SELECT FROM there WHERE there.path = told.path AND
                              (told.title = '' OR there.title = told.title))
     ORDER BY path, seen_at DESC
        ON CONFLICT (workspace_id, host, path) DO UPDATE SET title = excluded.title
    RETURNING id, path
), page AS (
    SELECT id, path FROM named
    UNION ALL
    SELECT id, path FROM there WHERE path NOT IN (SELECT path FROM named)
)
INSERT INTO intake_pageview (workspace_id, visit_id, page_id, seen_at)
SELECT %(workspace)s::integer, visit.id, page.id, told.seen_at
  FROM told JOIN page ON page.path = told.path CROSS JOIN visit
RETURNING visit_id
