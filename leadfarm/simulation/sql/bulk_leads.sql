-- bulk_leads: a lead for each of these contacts, with its owners; told by a file, so history
INSERT INTO leads_lead (workspace_id, contact_id, account_id, external_id, title, need, origin,
                        source_id, marketing_owner_id, pd_owner_id, sales_owner_id,
                        entered_at, known_at, recorded_at, amount, close_on, forecast)
SELECT %(workspace)s, contact.id, contact.account_id, 'B-' || n,
       (ARRAY['Conveyor drives', 'Kiln fan', 'Raw water pumps', 'Film winder'])[1 + n %% 4],
       CASE WHEN n %% 3 = 0 THEN 'Replace the drives before spares run out' ELSE '' END, 2,
       (%(sources)s::bigint[])[1 + (n * 31 %% cardinality(%(sources)s::bigint[]))],
       (%(marketers)s::bigint[])[1 + (n %% cardinality(%(marketers)s::bigint[]))],
       (%(developers)s::bigint[])[1 + (n * 17 %% cardinality(%(developers)s::bigint[]))],
       (%(reps)s::bigint[])[1 + (n * 13 %% cardinality(%(reps)s::bigint[]))],
       entered.at, entered.at, %(now)s,
       CASE WHEN stage.code IN (6, 7) THEN 20000 + (n * 37 %% 400) * 1000 END,
       CASE WHEN stage.code IN (6, 7) THEN (entered.at + interval '200 days')::date END,
       CASE WHEN stage.code = 6 THEN 1 + n %% 3 END
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
 CROSS JOIN LATERAL (SELECT %(start)s::timestamptz
                          + (n * 104729 %% 1000000) / 1000000.0 * (%(newest)s - %(start)s::timestamptz)
                            AS at) entered
 CROSS JOIN LATERAL (SELECT (%(stages)s::int[])[1 + n %% cardinality(%(stages)s::int[])] AS code) stage
  JOIN leads_contact contact ON contact.workspace_id = %(workspace)s
   AND contact.email_key = 'c' || n || '@works-' || (n - (n - %(first)s) %% 4) || '.example'
RETURNING substr(external_id, 3)::bigint AS n, id, contact_id, entered_at
