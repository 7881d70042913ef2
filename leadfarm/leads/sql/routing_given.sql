-- routing_given: why these leads went to whom, each time, oldest first.
SELECT given.lead_id, given.reasons::text AS reasons
  FROM leads_assignment given
 WHERE given.workspace_id = %(workspace)s::integer AND given.lead_id = ANY(%(leads)s::bigint[])
 ORDER BY given.id
