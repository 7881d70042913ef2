-- replay_known: a task the replay has made now is the one on record of the same step and instant:
-- whom it was given to and put off to since counts, and people's answers find it
UPDATE leads_task task
   SET real_id = real.id, due_at = real.due_at, owner_id = real.owner_id, side = real.side
  FROM {real}.leads_task real
 WHERE task.workspace_id = %(workspace)s AND task.made_at = %(now)s AND task.real_id IS NULL
   AND task.enrolment_id = ANY(%(replayed)s::bigint[])
   AND real.workspace_id = %(workspace)s AND real.lead_id = task.lead_id
   AND real.enrolment_id = task.enrolment_id AND real.step_key = task.step_key
   AND real.made_at = task.made_at AND real.attempt = 1
RETURNING task.id
