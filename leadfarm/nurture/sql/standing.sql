-- From `moved`: where messages or waits come next, the move is marketing's, and a lead that nobody
-- can help today is nurtured. The looks are LATERAL with a limit: see ending.sql; `many`:
-- see going.sql.
before AS MATERIALIZED (
    SELECT standing.lead_id, standing.stage, moved.id AS enrolment_id, moved.way,
           lead.marketing_owner_id, program.name
      FROM moved CROSS JOIN generate_series(1, (SELECT 1)) many
      CROSS JOIN LATERAL (
        SELECT lead_id, stage FROM leads_standing
         WHERE workspace_id = %(workspace)s AND lead_id = moved.lead_id AND stage <= 3
         LIMIT 1 FOR UPDATE) standing
      CROSS JOIN LATERAL (
        SELECT marketing_owner_id FROM leads_lead
         WHERE workspace_id = %(workspace)s AND id = moved.lead_id LIMIT 1) lead
      JOIN nurture_program program
        ON program.workspace_id = %(workspace)s AND program.id = moved.program_id
     WHERE moved.to_kind IN (1, 2, 3, 11)),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = 2, enrolment_id = before.enrolment_id, task_id = NULL, next_at = NULL,
           next_side = 1, next_owner_id = before.marketing_owner_id, whose_move = 1,
           next_why = left('Program "' || before.name || '"', 200), stage = 3,
           stage_since = CASE WHEN before.stage < 3 THEN %(now)s ELSE standing.stage_since END
      FROM before WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = before.lead_id),
changed AS (
    INSERT INTO leads_stagechange (workspace_id, lead_id, from_stage, to_stage, origin, happened_at,
                                   known_at, recorded_at, actor_kind, because)
    SELECT %(workspace)s, lead_id, stage, 3, 1, %(now)s, %(now)s, %(now)s, 'program',
           left('Program "' || name || '": ' || way, 200)
      FROM before WHERE stage < 3)
