-- task_done: tasks people have done are handed on: the tree branches on their disposition. Another
-- attempt of the same step was made a new task by who closed this one, and is not found here.
WITH done AS MATERIALIZED (
    SELECT task.id, task.enrolment_id, task.step_key, answer.way
      FROM leads_task task
      LEFT JOIN unnest(%(dispositions)s::int[], %(ways)s::text[]) AS answer (disposition, way)
        ON answer.disposition = task.disposition
     WHERE task.workspace_id = %(workspace)s AND task.enrolment_id IS NOT NULL
       AND task.done_at IS NOT NULL AND task.handed_on_at IS NULL
       AND (%(lead)s::bigint IS NULL OR task.lead_id = %(lead)s::bigint)
       AND NOT EXISTS (SELECT FROM nurture_enrolment paused
                        WHERE paused.workspace_id = %(workspace)s
                          AND paused.id = task.enrolment_id AND paused.state = 3)
     ORDER BY task.done_at LIMIT %(batch)s FOR UPDATE OF task SKIP LOCKED),
chosen AS MATERIALIZED (
    SELECT enrolment.id, enrolment.node_id, coalesce(done.way, 'otherwise') AS way
      FROM done
      JOIN nurture_enrolment enrolment ON enrolment.workspace_id = %(workspace)s
       AND enrolment.id = done.enrolment_id AND enrolment.state = 2 AND enrolment.waiting
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = enrolment.node_id
       AND node.key = done.step_key
       FOR UPDATE OF enrolment),
handed AS (
    UPDATE leads_task task SET handed_on_at = %(now)s FROM done
     WHERE task.workspace_id = %(workspace)s AND task.id = done.id RETURNING task.id),
{going},
{standing}
SELECT count(*) FROM handed
