-- bench_leads: their leads with a standing each, and an enrolment before a message; the wake times
-- are in no order that the disk knows
WITH led AS (
    INSERT INTO leads_lead (workspace_id, contact_id, title, need, origin, entered_at, known_at,
                            recorded_at)
    SELECT %(workspace)s, id, 'Bench', '', 1, %(now)s, %(now)s, %(now)s
      FROM leads_contact WHERE workspace_id = %(workspace)s ORDER BY id
    RETURNING id, contact_id),
stood AS (
    INSERT INTO leads_standing (workspace_id, lead_id, stage, stage_since, whose_move, next_kind,
                                next_side, next_why, next_at, closed_because)
    SELECT %(workspace)s, id, 3, %(now)s, 1, 3, 1, 'Bench', %(now)s, '' FROM led)
INSERT INTO nurture_enrolment (workspace_id, program_id, version_id, lead_id, contact_id, node_id,
                               state, waiting, wake_at, since, entered_at, steps, cycle)
SELECT %(workspace)s, %(program)s, %(version)s, id, contact_id, %(node)s, 2, false,
       %(now)s::timestamptz - make_interval(secs => hashint8(id) & 1048575), %(now)s, %(now)s, 0, 1
  FROM led
RETURNING 1
