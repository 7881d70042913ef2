-- replay_dry: when each stream of the program ran dry for how many leads in the replay, how many
-- wait in it still, and the most pieces one of them has left at most
SELECT stream.id, stream.name, count(DISTINCT dry.enrolment_id), min(dry.at), max(dry.at),
       (SELECT count(*) FROM nurture_enrolment here
          JOIN nurture_node its ON its.workspace_id = %(workspace)s AND its.id = here.node_id
         WHERE here.workspace_id = %(workspace)s AND here.id = ANY(%(replayed)s::bigint[])
           AND here.state = 2 AND its.stream_id = stream.id)
  FROM nurture_stream stream
  JOIN nurture_node node
    ON node.workspace_id = %(workspace)s AND node.stream_id = stream.id
  LEFT JOIN nurture_steplog dry ON dry.workspace_id = %(workspace)s AND dry.node_id = node.id
   AND dry.way = 'exhausted' AND dry.at >= %(begin)s AND dry.at < %(until)s
 WHERE stream.workspace_id = %(workspace)s AND node.version_id = ANY(%(versions)s::bigint[])
 GROUP BY stream.id, stream.name ORDER BY stream.name
