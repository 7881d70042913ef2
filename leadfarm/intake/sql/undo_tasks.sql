-- undo_tasks: leads back at the step they had before an import: what it cancelled is to do again,
-- what it gave to do is not
WITH given AS (
    UPDATE leads_task task SET cancelled_at = %(now)s
     WHERE task.workspace_id = %(workspace)s AND task.lead_id = ANY(%(back)s)
       AND task.made_at = %(at)s AND task.done_at IS NULL AND task.cancelled_at IS NULL)
UPDATE leads_task task SET cancelled_at = NULL
  FROM leads_standing standing
 WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = ANY(%(back)s)
   AND task.workspace_id = standing.workspace_id AND task.id = standing.task_id
   AND task.cancelled_at = %(at)s
