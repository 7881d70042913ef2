-- enrol: these leads enter the program and have it as their next step, in one statement. Who is in
-- it already stays where they are; a lead in sales' hands does not enter, and who has raised a hand
-- is called first: the program waits until the call is done (S3-19). A lead that sleeps is woken by
-- entering; a customer keeps its standing, and the program runs beside (S2-15).
WITH wanted AS MATERIALIZED (
    SELECT lead.id, lead.contact_id, standing.stage,
           coalesce(earlier.cycle, 0) + 1 AS cycle,
           CASE WHEN earlier.cycle IS NOT NULL THEN %(returning)s
                WHEN standing.stage = 3 THEN %(nurturing)s ELSE %(first)s END AS node_id
      FROM leads_lead lead
      JOIN leads_standing standing
        ON standing.workspace_id = %(workspace)s AND standing.lead_id = lead.id
      LEFT JOIN LATERAL (
        SELECT max(cycle) AS cycle, max(ended_at) AS ended_at FROM nurture_enrolment enrolment
         WHERE enrolment.workspace_id = %(workspace)s AND enrolment.lead_id = lead.id
           AND enrolment.program_id = %(program)s AND enrolment.state > 3) earlier ON true
     WHERE lead.workspace_id = %(workspace)s AND {stages} AND {who}
       AND NOT EXISTS (
         SELECT FROM leads_task call
           JOIN leads_touch raised ON raised.workspace_id = %(workspace)s
            AND raised.lead_id = call.lead_id AND raised.recorded_at >= call.made_at
            AND raised.kind IN (2, 15)
          WHERE call.workspace_id = %(workspace)s AND call.id = standing.task_id AND call.kind = 1
            AND call.enrolment_id IS NULL AND call.done_at IS NULL AND call.cancelled_at IS NULL)
       FOR UPDATE OF standing),
entered AS (
    INSERT INTO nurture_enrolment (workspace_id, program_id, version_id, lead_id, contact_id,
                                   node_id, state, waiting, wake_at, since, entered_at, steps, cycle)
    SELECT %(workspace)s, %(program)s, %(version)s, id, contact_id, node_id, 2, false, %(now)s,
           %(now)s, %(now)s, 0, cycle FROM wanted
    ON CONFLICT DO NOTHING
    RETURNING id, lead_id),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = 2, enrolment_id = entered.id, task_id = NULL, next_at = NULL, next_side = 1,
           whose_move = 1, next_owner_id = lead.marketing_owner_id,
           next_why = left('Program "' || %(name)s || '"', 200),
           stage = CASE WHEN standing.stage > 8 THEN 3 ELSE standing.stage END,
           stage_since = CASE WHEN standing.stage > 8 THEN %(now)s ELSE standing.stage_since END,
           recheck_rule = NULL, recheck_on = NULL, closed_because = ''
      FROM entered
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = entered.lead_id
     WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = entered.lead_id
       AND standing.stage NOT IN (7, 8) AND standing.next_kind IS DISTINCT FROM 2
       AND NOT EXISTS (
         SELECT FROM leads_task task WHERE task.workspace_id = %(workspace)s
            AND task.id = standing.task_id AND task.enrolment_id IS NOT NULL)),
woken AS (
    INSERT INTO leads_stagechange (workspace_id, lead_id, from_stage, to_stage, origin, happened_at,
                                   known_at, recorded_at, actor_kind, because)
    SELECT %(workspace)s, wanted.id, wanted.stage, 3, 1, %(now)s, %(now)s, %(now)s, 'program',
           left('Woken by program "' || %(name)s || '"', 200)
      FROM entered JOIN wanted ON wanted.id = entered.lead_id WHERE wanted.stage > 8)
SELECT count(*) FROM entered
