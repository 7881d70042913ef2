-- stream_leave: who meets the conditions of a way out of a stream takes it, with the next piece due
-- (`until` is now) or before it is (`until` is infinity)
WITH due AS MATERIALIZED (
    SELECT id, node_id, lead_id FROM nurture_enrolment
     WHERE workspace_id = %(workspace)s AND node_id = %(node)s AND state = 2
       AND wake_at <= %(until)s::timestamptz
     ORDER BY wake_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED),
met AS (
    SELECT due.id, due.node_id, {way} AS way
      FROM due
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = due.lead_id
      JOIN leads_standing standing
        ON standing.workspace_id = %(workspace)s AND standing.lead_id = due.lead_id),
chosen AS (SELECT * FROM met WHERE way IS NOT NULL),
{going},
{standing}
SELECT count(*) FROM moved
