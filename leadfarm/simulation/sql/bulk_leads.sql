-- bulk_leads: companies, contacts and leads number %(first)s to %(last)s of the base, with their owners;
-- told by a file, so history. A company is called by a coined word, a trade and a town: the number,
-- scattered by a prime, walks through all of them once. Four contacts each, numbered in their e-mail.
WITH named AS (
    SELECT n, (%(heads)s::text[])[1 + place %% 32] || (%(tails)s::text[])[1 + place / 32 %% 32]
              || ' ' || (%(trades)s::text[])[1 + place / 1024 %% 40]
              || ' ' || (%(towns)s::text[])[1 + place / 40960 %% cardinality(%(towns)s::text[])] AS name
      FROM generate_series(%(first)s::bigint, %(last)s::bigint, 4) n
     CROSS JOIN LATERAL (SELECT n * 7919 %% (40960 * cardinality(%(towns)s::text[])) AS place) scattered),
firms AS (
    INSERT INTO leads_account (workspace_id, name, name_key, domain, country, industry, employees,
                               recorded_at)
    SELECT %(workspace)s, initcap(name), name, replace(name, ' ', '-') || '.example',
           (ARRAY['DE', 'SE', 'GB', 'FR', 'US', 'IE'])[1 + n %% 6],
           (ARRAY['Paper', 'Glass', 'Wood', 'Water', 'Steel', 'Foundry', 'Plastics'])[1 + n %% 7],
           10 + (n * 7919 %% 4000), %(start)s
      FROM named
    RETURNING id, name_key, domain),
people AS (
    INSERT INTO leads_contact (workspace_id, account_id, given_name, family_name, job_title, email,
                               email_key, phone, phone_key, country, time_zone, recorded_at)
    SELECT %(workspace)s, firms.id, initcap(given), initcap(family),
           (ARRAY['Plant manager', 'Head of maintenance', 'Energy manager'])[1 + who.n %% 3],
           address, address, '+49 30 ' || 23000000 + who.n, '+4930' || 23000000 + who.n,
           'DE', 'Europe/Berlin', %(start)s
      FROM named
      JOIN firms ON firms.name_key = named.name
     CROSS JOIN LATERAL generate_series(named.n, least(named.n + 3, %(last)s::bigint)) who (n)
     CROSS JOIN LATERAL (
        SELECT (%(given)s::text[])[1 + who.n * 7 %% cardinality(%(given)s::text[])] AS given,
               (%(family)s::text[])[1 + who.n * 4099 %% cardinality(%(family)s::text[])] AS family
        ) person
     CROSS JOIN LATERAL (SELECT given || '.' || family || '.' || who.n || '@' || firms.domain) mail (address)
    RETURNING id, account_id, substring(email_key FROM '\.(\d+)@')::bigint AS n)
INSERT INTO leads_lead (workspace_id, contact_id, account_id, external_id, title, need, origin,
                        source_id, marketing_owner_id, pd_owner_id, sales_owner_id,
                        entered_at, known_at, recorded_at, amount, close_on, forecast)
SELECT %(workspace)s, people.id, people.account_id, 'B-' || n,
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
  FROM people
 CROSS JOIN LATERAL (SELECT %(start)s::timestamptz
                          + (n * 104729 %% 1000000) / 1000000.0 * (%(newest)s - %(start)s::timestamptz)
                            AS at) entered
 CROSS JOIN LATERAL (SELECT (%(stages)s::int[])[1 + n %% cardinality(%(stages)s::int[])] AS code) stage
