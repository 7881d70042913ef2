-- tasks_late: enrolments whose time for a human step seems to be up, with the tasks that are
-- open now and their due time: another attempt, or a date agreed on, has moved it
WITH {due}
SELECT due.id, due.node_id, task.ids, task.due_at
  FROM due LEFT JOIN LATERAL (
    SELECT array_agg(id) AS ids, max(due_at) AS due_at FROM leads_task
     WHERE workspace_id = %(workspace)s AND lead_id = due.lead_id AND enrolment_id = due.id
       AND done_at IS NULL AND cancelled_at IS NULL) task ON true
