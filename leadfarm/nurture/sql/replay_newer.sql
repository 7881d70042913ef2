-- replay_newer: from which step to which the program took its leads to a newer version at this
-- instant, and whether everything was kept there. A step before the newer version is the log's; the
-- one in it is the first the log names afterwards, or where the lead is now.
SELECT DISTINCT before.id, after.id, after.version_id,
       before.key = after.key AND before.kind = after.kind OR before.kind = 2 AND after.kind = 2
  FROM nurture_enrolment enrolment
  JOIN {real}.nurture_steplog log ON log.workspace_id = %(workspace)s
   AND log.enrolment_id = enrolment.id AND log.at = %(now)s AND log.way = 'newer version'
  JOIN {real}.nurture_enrolment real ON real.workspace_id = %(workspace)s AND real.id = enrolment.id
  JOIN nurture_node before ON before.workspace_id = %(workspace)s AND before.id = log.node_id
  JOIN nurture_node after ON after.workspace_id = %(workspace)s AND after.id = coalesce((
       SELECT node_id FROM {real}.nurture_steplog later
        WHERE later.workspace_id = %(workspace)s AND later.enrolment_id = enrolment.id
          AND later.number > log.number ORDER BY later.number LIMIT 1), real.node_id)
 WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = ANY(%(replayed)s::bigint[])
