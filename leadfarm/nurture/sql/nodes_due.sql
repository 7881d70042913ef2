-- nodes_due: the steps at which somebody is due: one look into the index for each
SELECT step.node_id FROM unnest(%(nodes)s::bigint[]) AS step (node_id)
 WHERE EXISTS (SELECT FROM nurture_enrolment
                WHERE workspace_id = %(workspace)s AND node_id = step.node_id AND state = 2
                  AND wake_at <= %(now)s)
