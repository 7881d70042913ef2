-- replay_asked: the tasks of human steps made since the last look
SELECT id, lead_id, step_key, kind, due_at FROM leads_task
 WHERE workspace_id = %(workspace)s AND id > %(seen)s AND made_at <= %(now)s
   AND enrolment_id IS NOT NULL ORDER BY id
