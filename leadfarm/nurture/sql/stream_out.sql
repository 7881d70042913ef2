-- stream_out: who has had as many pieces as the step gives, or finds none they have not seen, goes on
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(streams)s::bigint[], %(most)s::int[])
        AS plan (node_id, stream_id, most)),
chosen AS (
    SELECT due.id, due.node_id, CASE WHEN enough.is_it THEN 'next' ELSE 'exhausted' END AS way
      FROM due JOIN plan ON plan.node_id = due.node_id
      CROSS JOIN LATERAL (
        SELECT plan.most IS NOT NULL AND plan.most <= (
                 SELECT count(*) FROM nurture_steplog step
                  WHERE step.workspace_id = %(workspace)s AND step.enrolment_id = due.id
                    AND step.node_id = due.node_id AND step.way = 'piece'
                    AND step.number > coalesce((
                      SELECT max(number) FROM nurture_steplog before
                       WHERE before.workspace_id = %(workspace)s
                         AND before.enrolment_id = due.id AND before.node_id <> due.node_id), 0))
                 AS is_it) enough
      LEFT JOIN LATERAL ({next_piece}) next ON NOT enough.is_it
     WHERE enough.is_it OR next.piece_id IS NULL),
{going},
{standing}
SELECT (SELECT count(*) FROM moved), (
    SELECT array_agg(DISTINCT plan.stream_id) FROM moved JOIN plan ON plan.node_id = moved.node_id
     WHERE moved.way = 'exhausted')
