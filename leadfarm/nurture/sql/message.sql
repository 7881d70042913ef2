-- message: writes the ledger rows and moves on whoever won the quiet window of their contact; holds
-- back who did not, until it is free, and says so on the timeline; goes on without the message
-- where no mail may go, with the reason
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(keys)s::text[], %(versions)s::bigint[],
                         %(templates)s::bigint[], %(to_nodes)s::bigint[], %(backs)s::int[])
        AS plan (node_id, key, version_id, template_id, to_id, back)),
{fate},
said AS (
    INSERT INTO outreach_message (workspace_id, kind, state, nature, attempts, lead_id, contact_id,
                                  template_version_id, enrolment_id, step_key, planned_at,
                                  not_before, window_at)
    SELECT %(workspace)s, 1, 1, 1, 0, lead_id, contact_id, plan.version_id, fate.id,
           CASE WHEN cycle = 1 THEN plan.key ELSE left(plan.key, 54) || '#' || cycle END,
           %(now)s, %(now)s, %(now)s
      FROM fate JOIN plan USING (node_id) WHERE won
    RETURNING id),
moved AS (
    UPDATE nurture_enrolment enrolment
       SET node_id = CASE WHEN goes THEN plan.to_id ELSE enrolment.node_id END,
           wake_at = CASE WHEN goes THEN %(now)s ELSE greatest(fate.next_free_at, CASE
                            WHEN fate.next_free_at > %(now)s THEN NULL
                            ELSE %(now)s + %(window)s END) END,
           since = CASE WHEN goes THEN %(now)s ELSE enrolment.since END,
           steps = enrolment.steps + goes::int,
           cycle = enrolment.cycle + CASE WHEN goes THEN plan.back ELSE 0 END
      FROM fate JOIN plan USING (node_id)
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = fate.id
    RETURNING enrolment.id, enrolment.steps, fate.node_id, fate.won, fate.goes),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, steps, node_id, %(now)s, CASE WHEN won THEN 'next' ELSE 'skipped' END
      FROM moved WHERE goes)
SELECT count(*), count(*) FILTER (WHERE won), count(*) FILTER (WHERE NOT goes) FROM moved
