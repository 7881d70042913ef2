-- tasks_late: enrolments whose time for a human step seems to be up, with the due time of the task
-- that is open now: another attempt, or a date agreed on, has moved it
WITH {due}
SELECT due.id, due.node_id, task.id AS task_id, task.due_at
  FROM due LEFT JOIN LATERAL (
    SELECT id, due_at FROM leads_task
     WHERE workspace_id = %(workspace)s AND lead_id = due.lead_id AND enrolment_id = due.id
       AND done_at IS NULL AND cancelled_at IS NULL ORDER BY due_at DESC LIMIT 1) task ON true
