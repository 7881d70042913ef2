-- stream: writes the next piece to whoever wins the quiet window of their contact, and waits for the
-- time of the one after; holds back who did not, until it is free. The step is not left.
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(keys)s::text[], %(streams)s::bigint[])
        AS plan (node_id, key, stream_id)),
ends AS (SELECT * FROM unnest(%(in_nodes)s::bigint[], %(zones)s::text[], %(ends_at)s::timestamptz[])
                    AS ends (node_id, zone, at)),
offered AS MATERIALIZED (
    SELECT due.*, next.piece_id, next.version_id, plan.key, ends.at AS then_at
      FROM due JOIN plan ON plan.node_id = due.node_id
      LEFT JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id
      JOIN ends ON ends.node_id = due.node_id AND ends.zone = coalesce(contact.time_zone, '')
      CROSS JOIN LATERAL ({next_piece}) next),
{fate},
said AS (
    INSERT INTO outreach_message (workspace_id, kind, state, nature, attempts, lead_id, contact_id,
                                  template_version_id, enrolment_id, step_key, planned_at,
                                  not_before, window_at)
    SELECT %(workspace)s, 1, 1, 1, 0, fate.lead_id, fate.contact_id, offered.version_id, fate.id,
           left(offered.key, 34) || '@' || offered.piece_id || '.' || offered.steps,
           %(now)s, %(now)s, %(now)s
      FROM fate JOIN offered USING (id) WHERE won
    RETURNING id),
moved AS (
    UPDATE nurture_enrolment enrolment
       SET wake_at = CASE WHEN goes THEN offered.then_at ELSE greatest(fate.next_free_at, CASE
                            WHEN fate.next_free_at > %(now)s THEN NULL
                            ELSE %(now)s + %(window)s END) END,
           since = CASE WHEN goes THEN %(now)s ELSE enrolment.since END,
           steps = enrolment.steps + goes::int
      FROM fate JOIN offered USING (id)
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = fate.id
    RETURNING enrolment.id, enrolment.steps, fate.node_id, fate.won, fate.goes),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, steps, node_id, %(now)s, CASE WHEN won THEN 'piece' ELSE 'skipped' END
      FROM moved WHERE goes)
SELECT count(*), count(*) FILTER (WHERE won), count(*) FILTER (WHERE NOT goes) FROM moved
