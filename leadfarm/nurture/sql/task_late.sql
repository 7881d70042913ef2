-- task_late: nobody did it in time: the task is withdrawn and the tree goes on without an answer
WITH chosen AS MATERIALIZED (
    SELECT id, node_id, lead_id, 'timed-out' AS way FROM nurture_enrolment
     WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[]) AND state = 2 AND waiting
       AND wake_at <= %(now)s
       AND NOT EXISTS (SELECT FROM leads_task done WHERE done.workspace_id = %(workspace)s
                          AND done.lead_id = nurture_enrolment.lead_id
                          AND done.enrolment_id = nurture_enrolment.id
                          AND done.done_at IS NOT NULL AND done.handed_on_at IS NULL)
       FOR UPDATE SKIP LOCKED),
withdrawn AS (
    UPDATE leads_task task SET cancelled_at = %(now)s FROM chosen
     WHERE task.workspace_id = %(workspace)s AND task.lead_id = chosen.lead_id
       AND task.enrolment_id = chosen.id AND task.done_at IS NULL AND task.cancelled_at IS NULL),
{going},
{standing}
SELECT count(*) FROM moved
