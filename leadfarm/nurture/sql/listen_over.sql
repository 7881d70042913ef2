-- listen_over: what it waited for has happened, or its time is up. The touches are asked once more,
-- for one recorded in the same instant in which the step was begun.
WITH {due},
chosen AS (
    SELECT due.id, due.node_id,
           CASE WHEN coalesce(due.heard, early.kind) IS NULL THEN 'timed-out' ELSE 'happened' END
               AS way
      FROM due
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = due.node_id
      LEFT JOIN LATERAL ({early}) early ON due.heard IS NULL),
{going}
SELECT count(*) FROM moved
