-- split: each lead takes the way of its place. Nothing is drawn: see rules.programs.place_of, which
-- is the other voice of this.
WITH {due},
share AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(keys)s::text[], %(ways)s::text[],
                         %(firsts)s::int[], %(lasts)s::int[])
        AS share (node_id, key, way, first, last)),
chosen AS (
    SELECT due.id, due.node_id, share.way
      FROM due JOIN share ON share.node_id = due.node_id
     WHERE ('x' || left(md5(due.program_id || ':' || share.key || ':' || due.lead_id), 8))
               ::bit(32)::bigint %% 10000 BETWEEN share.first AND share.last),
{going},
{standing}
SELECT count(*) FROM moved
