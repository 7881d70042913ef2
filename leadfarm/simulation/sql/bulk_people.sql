-- bulk_people: companies and contacts number %(first)s to %(last)s of the base
WITH firms AS (
    INSERT INTO leads_account (workspace_id, name, name_key, domain, country, industry, employees,
                               recorded_at)
    SELECT %(workspace)s, 'Works ' || n, 'works ' || n, 'works-' || n || '.example',
           (ARRAY['DE', 'SE', 'GB', 'FR', 'US', 'IE'])[1 + n %% 6],
           (ARRAY['Paper', 'Glass', 'Wood', 'Water', 'Steel', 'Foundry', 'Plastics'])[1 + n %% 7],
           10 + (n * 7919 %% 4000), %(start)s
      FROM generate_series(%(first)s::bigint, %(last)s::bigint, 4) n
    RETURNING id, domain)
INSERT INTO leads_contact (workspace_id, account_id, given_name, family_name, job_title, email,
                           email_key, phone, phone_key, country, time_zone, recorded_at)
SELECT %(workspace)s, firms.id,
       (ARRAY['Ines', 'Marek', 'Aoife', 'Gareth', 'Elin', 'Hugo', 'Denise', 'Emre'])[1 + n %% 8],
       (ARRAY['Brandt', 'Keane', 'Pryce', 'Eide', 'Moreau', 'Reyes', 'Demir'])[1 + n %% 7]
           || '-' || (n %% 4099),
       (ARRAY['Plant manager', 'Head of maintenance', 'Energy manager'])[1 + n %% 3],
       'c' || n || '@works-' || (n - (n - %(first)s) %% 4) || '.example',
       'c' || n || '@works-' || (n - (n - %(first)s) %% 4) || '.example',
       '', NULL, 'DE', 'Europe/Berlin', %(start)s
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
  JOIN firms ON firms.domain = 'works-' || (n - (n - %(first)s) %% 4) || '.example'
