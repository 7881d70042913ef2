-- plan_calls: a call for each of these leads that nothing but a review date waits for and that is
-- not in the hands of sales; it becomes the lead's next step
WITH free AS (
    SELECT standing.lead_id, lead.pd_owner_id
      FROM leads_standing standing
      JOIN leads_lead lead
        ON lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id
     WHERE standing.workspace_id = %(workspace)s::integer
       AND standing.lead_id = ANY(%(leads)s::bigint[])
       AND standing.next_kind = 3 AND standing.stage <= %(last_before_sales)s::smallint
       FOR UPDATE OF standing
), made AS (
    INSERT INTO leads_task (workspace_id, kind, lead_id, owner_id, side, why, script, made_at,
                            due_at, attempt, step_key)
    SELECT %(workspace)s::integer, %(kind)s::smallint, lead_id, pd_owner_id, %(side)s::smallint,
           %(why)s::text, '', %(now)s::timestamptz, %(due)s::timestamptz, 1, '' FROM free
    RETURNING id, lead_id, owner_id
)
UPDATE leads_standing standing
   SET whose_move = %(side)s::smallint, next_kind = 1, next_side = %(side)s::smallint,
       next_owner_id = made.owner_id, next_why = %(why)s::text, next_at = %(due)s::timestamptz,
       task_id = made.id, enrolment_id = NULL
  FROM made
 WHERE standing.workspace_id = %(workspace)s::integer AND standing.lead_id = made.lead_id
RETURNING standing.lead_id
