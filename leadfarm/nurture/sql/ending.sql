-- ending: at a goal or an exit the enrolment ends, and the lead gets its next step in the same
-- statement: another program it is in, else the task or the review date the step names. The looks
-- are LATERAL with a limit, because tables without statistics would be joined in a loop in a loop.
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(goals)s::boolean[], %(ways)s::text[],
                         %(task_kinds)s::smallint[], %(sides)s::smallint[], %(whys)s::text[],
                         %(next_ats)s::timestamptz[])
        AS plan (node_id, goal, way, task_kind, side, why, next_at)),
ending AS MATERIALIZED (
    SELECT DISTINCT ON (due.lead_id) due.id, due.lead_id, due.entered_at, due.contact_id, plan.*,
           other.id AS other_id, program.name AS other_name, lead.marketing_owner_id,
           CASE plan.side WHEN 1 THEN lead.marketing_owner_id WHEN 2 THEN lead.pd_owner_id
                          ELSE lead.sales_owner_id END AS owner_id
      FROM due JOIN plan ON plan.node_id = due.node_id
      CROSS JOIN LATERAL (
        SELECT * FROM leads_lead
         WHERE workspace_id = %(workspace)s AND id = due.lead_id LIMIT 1) lead
      LEFT JOIN LATERAL (
        SELECT id, program_id FROM nurture_enrolment
         WHERE workspace_id = %(workspace)s AND lead_id = due.lead_id
           AND id <> due.id AND state IN (1, 2, 3) ORDER BY id LIMIT 1) other ON true
      LEFT JOIN nurture_program program
        ON program.workspace_id = %(workspace)s AND program.id = other.program_id
     WHERE true {only}
     ORDER BY due.lead_id, due.id, other.id),
gone AS (
    UPDATE nurture_enrolment enrolment
       SET wake_at = NULL, waiting = false, ended_at = %(now)s, steps = enrolment.steps + 1,
           state = CASE
             WHEN ending.goal THEN 11
             WHEN EXISTS (
               SELECT FROM leads_touch touch
                WHERE touch.workspace_id = %(workspace)s AND touch.lead_id = ending.lead_id
                  AND touch.happened_at >= ending.entered_at AND NOT touch.by_machine
                  AND (touch.kind = ANY(%(two_way)s) OR touch.disposition = ANY(%(connected)s)))
               THEN 12
             ELSE coalesce((
               SELECT CASE barred.reason WHEN 3 THEN 14 ELSE 15 END FROM consent_suppression barred
                WHERE barred.workspace_id = %(workspace)s AND barred.lifted_at IS NULL
                  AND barred.contact_id = ending.contact_id AND barred.reason IN (1, 2, 3)
                ORDER BY barred.id LIMIT 1), 13) END
      FROM ending WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = ending.id
    RETURNING enrolment.id, enrolment.steps, ending.node_id, ending.way),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, steps, node_id, %(now)s, way FROM gone),
made AS (
    INSERT INTO leads_task (workspace_id, kind, lead_id, owner_id, side, why, script, made_at,
                            due_at, attempt, step_key)
    SELECT %(workspace)s, task_kind, lead_id, owner_id, side, why, '', %(now)s, next_at, 1, ''
      FROM ending WHERE task_kind IS NOT NULL AND other_id IS NULL
    RETURNING id, lead_id),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = CASE WHEN other_id IS NOT NULL THEN 2 WHEN made.id IS NOT NULL THEN 1
                            ELSE 3 END,
           enrolment_id = other_id, task_id = made.id,
           next_at = CASE WHEN other_id IS NULL THEN ending.next_at END,
           next_side = CASE WHEN other_id IS NULL THEN ending.side ELSE 1 END,
           whose_move = CASE WHEN other_id IS NULL THEN ending.side ELSE 1 END,
           next_owner_id = CASE WHEN other_id IS NULL THEN owner_id ELSE marketing_owner_id END,
           next_why = CASE WHEN other_id IS NULL THEN ending.why
                           ELSE left('Program "' || other_name || '"', 200) END
      FROM ending LEFT JOIN made ON made.lead_id = ending.lead_id
     WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = ending.lead_id)
SELECT (SELECT count(*) FROM gone),
       (SELECT array_agg(lead_id) FROM ending WHERE other_id IS NOT NULL)
