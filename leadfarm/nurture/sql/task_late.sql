-- task_late: nobody did it in time: the task is withdrawn and the tree goes on without an answer.
-- The tasks are named by their ids, and the looks are hashed sets (IS TRUE keeps it one): a join
-- would be planned as a loop over tasks where there are no statistics.
WITH chosen AS MATERIALIZED (
    SELECT id, node_id, lead_id, 'timed-out' AS way FROM nurture_enrolment
     WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s::bigint[]) AND state = 2 AND waiting
       AND wake_at <= %(now)s
       AND id NOT IN (SELECT enrolment_id FROM leads_task
                       WHERE workspace_id = %(workspace)s AND enrolment_id IS NOT NULL
                         AND done_at IS NOT NULL AND handed_on_at IS NULL)
       FOR UPDATE SKIP LOCKED),
withdrawn AS (
    UPDATE leads_task SET cancelled_at = %(now)s
     WHERE workspace_id = %(workspace)s AND id = ANY(%(task_ids)s::bigint[])
       AND done_at IS NULL AND cancelled_at IS NULL
       AND (enrolment_id IN (SELECT id FROM chosen)) IS TRUE),
{going},
{standing}
SELECT count(*) FROM moved
