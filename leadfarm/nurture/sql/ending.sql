-- ending: at a goal or an exit the enrolment ends, and the lead gets its next step in the same
-- statement: another program it is in, else the task the step names, else what a person has agreed
-- to do, else the review date. A customer has none: its standing stays. The looks are LATERAL with a
-- limit, because tables without statistics would be joined in a loop in a loop.
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(goals)s::boolean[], %(ways)s::text[],
                         %(task_kinds)s::smallint[], %(sides)s::smallint[], %(whys)s::text[],
                         %(next_ats)s::timestamptz[])
        AS plan (node_id, goal, way, task_kind, side, why, next_at)),
ending AS MATERIALIZED (
    SELECT DISTINCT ON (due.lead_id) due.id, due.lead_id, due.entered_at, due.contact_id, plan.*,
           other.id AS other_id, program.name AS other_name, lead.marketing_owner_id,
           agreed.id AS agreed_id, agreed.side AS agreed_side, agreed.owner_id AS agreed_owner_id,
           agreed.why AS agreed_why, agreed.due_at AS agreed_at,
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
      LEFT JOIN LATERAL (
        SELECT task.id, side, owner_id, why, due_at FROM leads_task task
         WHERE plan.task_kind IS NULL AND task.workspace_id = %(workspace)s
           AND task.lead_id = due.lead_id AND task.enrolment_id IS NULL
           AND task.done_at IS NULL AND task.cancelled_at IS NULL
         ORDER BY task.due_at LIMIT 1) agreed ON true
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
       SET next_kind = CASE WHEN other_id IS NOT NULL THEN 2
                            WHEN coalesce(made.id, agreed_id) IS NOT NULL THEN 1 ELSE 3 END,
           enrolment_id = other_id,
           task_id = CASE WHEN other_id IS NULL THEN coalesce(made.id, agreed_id) END,
           next_at = CASE WHEN other_id IS NULL THEN coalesce(agreed_at, ending.next_at) END,
           next_side = CASE WHEN other_id IS NULL THEN coalesce(agreed_side, ending.side)
                            ELSE 1 END,
           whose_move = CASE WHEN other_id IS NULL THEN coalesce(agreed_side, ending.side)
                             ELSE 1 END,
           next_owner_id = CASE WHEN other_id IS NOT NULL THEN marketing_owner_id
                                WHEN agreed_id IS NOT NULL THEN agreed_owner_id ELSE owner_id END,
           next_why = CASE WHEN other_id IS NULL THEN coalesce(agreed_why, ending.why)
                           ELSE left('Program "' || other_name || '"', 200) END
      FROM ending LEFT JOIN made ON made.lead_id = ending.lead_id
     WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = ending.lead_id
       AND standing.stage <= 3)
SELECT (SELECT count(*) FROM gone),
       (SELECT array_agg(lead_id) FROM ending WHERE other_id IS NOT NULL)
