-- replay_entered: leads enter where they entered then, in the version they entered; in the draft
-- where it begins for them: at first, when they are nurtured already, when they come back
WITH placed AS (
    SELECT real.*, coalesce(before.cycle, 0) + 1 AS nth, CASE
             WHEN %(draft)s::bigint IS NULL THEN coalesce(begun.node_id, real.node_id)
             WHEN before.cycle IS NOT NULL THEN %(returning)s::bigint
             WHEN standing.stage = 3 THEN %(nurturing)s::bigint
             ELSE %(first)s::bigint END AS begins
      FROM {real}.nurture_enrolment real
      JOIN leads_standing standing
        ON standing.workspace_id = %(workspace)s AND standing.lead_id = real.lead_id
      LEFT JOIN {real}.nurture_steplog begun ON begun.workspace_id = %(workspace)s
       AND begun.enrolment_id = real.id AND begun.number = 1
      LEFT JOIN LATERAL (
        SELECT max(cycle) AS cycle FROM nurture_enrolment earlier
         WHERE earlier.workspace_id = %(workspace)s AND earlier.lead_id = real.lead_id
           AND earlier.program_id = real.program_id AND earlier.state > 3) before ON true
     WHERE real.workspace_id = %(workspace)s AND real.id = ANY(%(ids)s::bigint[])),
inside AS (
    INSERT INTO nurture_enrolment (workspace_id, id, program_id, version_id, lead_id, contact_id,
                                   node_id, state, waiting, wake_at, since, entered_at, steps, cycle)
    SELECT %(workspace)s, placed.id, placed.program_id, node.version_id, lead_id, contact_id,
           begins, 2, false, entered_at, entered_at, entered_at, 0, nth
      FROM placed
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = begins
     ORDER BY placed.id
    ON CONFLICT DO NOTHING
    RETURNING id, lead_id)
UPDATE leads_standing standing
   SET next_kind = 2, enrolment_id = inside.id, task_id = NULL, next_at = NULL, next_side = 1,
       whose_move = 1
  FROM inside
 WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = inside.lead_id
   AND standing.stage <= 3
