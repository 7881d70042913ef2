step AS (SELECT unnest(%(nodes)s::bigint[]) AS node_id),
due AS MATERIALIZED (
    SELECT enrolment.* FROM step CROSS JOIN LATERAL (
        SELECT id, program_id, node_id, lead_id, contact_id, since, entered_at, heard, steps, cycle,
               moved
          FROM nurture_enrolment
         WHERE workspace_id = %(workspace)s AND node_id = step.node_id AND state = 2
           AND wake_at <= %(now)s AND waiting = %(waiting)s
         ORDER BY wake_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED) AS enrolment)
