-- cancel_tasks: what was still to do for leads that a file has closed
UPDATE leads_task task SET cancelled_at = %(now)s
 WHERE task.workspace_id = %(workspace)s AND task.lead_id = ANY(%(leads)s)
   AND task.done_at IS NULL AND task.cancelled_at IS NULL
