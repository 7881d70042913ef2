-- bench_floor: the same rows into the same tables in the same order, without asking anything
WITH due AS MATERIALIZED (
    SELECT * FROM bench_due WHERE place > %(from)s AND place <= %(to)s),
said AS (
    INSERT INTO outreach_message (workspace_id, kind, state, nature, attempts, lead_id, contact_id,
                                  template_version_id, enrolment_id, step_key, planned_at,
                                  not_before, window_at)
    SELECT %(workspace)s, 1, 1, 1, 0, lead_id, contact_id, %(wording)s, id, %(key)s, %(now)s,
           %(now)s, %(now)s FROM due ORDER BY place),
paced AS (
    INSERT INTO consent_pace (workspace_id, contact_id, next_free_at, recent_at)
    SELECT %(workspace)s, contact_id, %(free_at)s, ARRAY[%(now)s::timestamptz] FROM due
     ORDER BY place),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, 1, node_id, %(now)s, 'next' FROM due ORDER BY place)
UPDATE nurture_enrolment enrolment
   SET node_id = %(onward)s, wake_at = %(now)s, since = %(now)s, steps = 1
  FROM due WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = due.id
RETURNING 1
