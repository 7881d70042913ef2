-- bench_people: contacts of a made-up workspace
INSERT INTO leads_contact (workspace_id, given_name, family_name, job_title, email, email_key,
                           phone, country, time_zone, recorded_at)
SELECT %(workspace)s, 'Vera', 'Lind ' || n, 'Head of maintenance', 'vera.' || n || '@bench.example',
       'vera.' || n || '@bench.example', '', 'SE', '', %(now)s
  FROM generate_series(1, %(count)s::int) AS n
RETURNING 1
