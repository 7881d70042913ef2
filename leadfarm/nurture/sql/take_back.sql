-- take_back: whoever entered the program at this instant is out of it again: back on the task that
-- was open, else before marketing now. What the program planned for them meanwhile is called off.
WITH entered AS MATERIALIZED (
    SELECT enrolment.id, enrolment.lead_id, standing.next_kind, standing.task_id,
           standing.enrolment_id
      FROM nurture_enrolment enrolment
      JOIN leads_standing standing ON standing.workspace_id = %(workspace)s
       AND standing.lead_id = enrolment.lead_id AND standing.stage <= 3
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.program_id = %(program)s
       AND enrolment.entered_at = %(at)s AND enrolment.state IN (1, 2, 3)
       FOR UPDATE OF standing),
ours AS (SELECT task.id, entered.lead_id FROM entered JOIN leads_task task
             ON task.workspace_id = %(workspace)s AND task.lead_id = entered.lead_id
            AND task.enrolment_id = entered.id AND task.done_at IS NULL
            AND task.cancelled_at IS NULL),
called_off AS (
    UPDATE leads_task task SET cancelled_at = %(now)s FROM ours
     WHERE task.workspace_id = %(workspace)s AND task.id = ours.id),
unwritten AS (
    UPDATE outreach_message message SET state = 7 FROM entered
     WHERE message.workspace_id = %(workspace)s AND message.enrolment_id = entered.id
       AND message.state IN (1, 2)),
pointing AS (
    SELECT entered.*, before.id AS before_id, before.side, before.owner_id, before.why,
           before.due_at, lead.marketing_owner_id
      FROM entered
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = entered.lead_id
      LEFT JOIN LATERAL (
        SELECT * FROM leads_task task
         WHERE task.workspace_id = %(workspace)s AND task.lead_id = entered.lead_id
           AND task.enrolment_id IS NULL AND task.done_at IS NULL AND task.cancelled_at IS NULL
         ORDER BY task.due_at LIMIT 1) before ON true
     WHERE entered.enrolment_id = entered.id OR entered.task_id IN (SELECT id FROM ours)),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = CASE WHEN before_id IS NULL THEN 3 ELSE 1 END, task_id = before_id,
           enrolment_id = NULL, next_side = coalesce(side, 1), whose_move = coalesce(side, 1),
           next_owner_id = CASE WHEN before_id IS NULL THEN marketing_owner_id ELSE owner_id END,
           next_at = coalesce(due_at, %(now)s),
           next_why = coalesce(why, left('Taken back out of ' || %(name)s, 200))
      FROM pointing
     WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = pointing.lead_id
    RETURNING standing.lead_id),
beside AS (
    UPDATE nurture_enrolment enrolment
       SET state = 17, wake_at = NULL, waiting = false, ended_at = %(now)s
      FROM entered
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = entered.id
       AND entered.lead_id NOT IN (SELECT lead_id FROM pointing))
SELECT count(*) FROM entered
