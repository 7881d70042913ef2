-- From `chosen` (id, node_id, way): a way that is missing falls back on `otherwise`, and that on
-- `timed-out`, so that an answer nobody thought of does not strand the lead; the log tells the way
-- that was taken. Going back in the tree begins the next touch cycle. `many` is one row that the
-- planner takes for a thousand: where it expects one enrolment, for want of statistics, it would
-- read them all for each.
parting AS (
    SELECT DISTINCT ON (chosen.id) chosen.id, chosen.node_id, way.way, way.to_id,
           "to".kind AS to_kind, ("to".position <= "from".position)::int AS back
      FROM chosen
      JOIN nurture_way way ON way.workspace_id = %(workspace)s AND way.node_id = chosen.node_id
       AND way.way IN (chosen.way, 'otherwise', 'timed-out')
      JOIN nurture_node "from" ON "from".workspace_id = %(workspace)s AND "from".id = way.node_id
      JOIN nurture_node "to" ON "to".workspace_id = %(workspace)s AND "to".id = way.to_id
     ORDER BY chosen.id, way.way = chosen.way DESC, way.way = 'otherwise' DESC),
going AS MATERIALIZED (
    SELECT parting.* FROM parting CROSS JOIN generate_series(1, (SELECT 1)) many),
moved AS (
    UPDATE nurture_enrolment enrolment
       SET node_id = going.to_id, waiting = false, wake_at = %(now)s, since = %(now)s, heard = NULL,
           steps = enrolment.steps + 1, cycle = enrolment.cycle + going.back
      FROM going WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = going.id
    RETURNING enrolment.id, enrolment.program_id, enrolment.lead_id, enrolment.steps,
              going.node_id, going.way, going.to_kind),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, steps, node_id, %(now)s, way FROM moved)
