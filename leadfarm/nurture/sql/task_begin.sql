-- task_begin: a human step becomes a task. Its owner is who did the step named in `same_as`; else,
-- where the step may follow the source, the source's greeting team up to its cap for the day; else
-- the lead's owner of that side, while they are a member; else whoever of the side takes it. The
-- look at the lead is LATERAL with a limit: see ending.sql; `many`: see going.sql.
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(keys)s::text[], %(task_kinds)s::smallint[],
                         %(sides)s::smallint[], %(whys)s::text[], %(scripts)s::text[],
                         %(due_ats)s::timestamptz[], %(time_outs)s::timestamptz[],
                         %(same_as)s::text[], %(follow_source)s::boolean[])
        AS plan (node_id, key, task_kind, side, why, script, due_at, time_out, same_as, follows)),
asked AS (
    SELECT due.id, due.lead_id, plan.*, earlier.done_by_id, earlier.side AS earlier_side,
           team.id AS team_id, team.side AS team_side, team.daily_cap,
           lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id,
           row_number() OVER (PARTITION BY team.id ORDER BY due.id) AS place
      FROM due JOIN plan ON plan.node_id = due.node_id
      CROSS JOIN LATERAL (
        SELECT marketing_owner_id, pd_owner_id, sales_owner_id, source_id FROM leads_lead
         WHERE workspace_id = %(workspace)s AND id = due.lead_id LIMIT 1) lead
      LEFT JOIN leads_source source ON plan.follows
       AND source.workspace_id = %(workspace)s AND source.id = lead.source_id
      LEFT JOIN access_team team
        ON team.workspace_id = %(workspace)s AND team.id = source.greeting_team_id
      LEFT JOIN LATERAL (
        SELECT task.done_by_id, task.side FROM leads_task task
         WHERE plan.same_as <> '' AND task.workspace_id = %(workspace)s
           AND task.lead_id = due.lead_id AND task.step_key = plan.same_as
           AND task.done_by_id IS NOT NULL
         ORDER BY task.done_at DESC LIMIT 1) earlier ON true),
taken AS MATERIALIZED (
    SELECT team.id AS team_id, (
        SELECT count(*) FROM leads_task task
         WHERE task.workspace_id = %(workspace)s AND task.team_id = team.id
           AND task.made_at >= %(today)s) AS today
      FROM access_team team
     WHERE team.workspace_id = %(workspace)s AND team.daily_cap IS NOT NULL),
given AS (
    SELECT asked.*, asked.team_id IS NOT NULL AND (
               daily_cap IS NULL OR place + coalesce(taken.today, 0) <= daily_cap) AS to_team
      FROM asked LEFT JOIN taken ON taken.team_id = asked.team_id),
sided AS (
    SELECT given.*, CASE WHEN done_by_id IS NOT NULL THEN earlier_side
                         WHEN to_team THEN team_side ELSE side END AS its_side FROM given),
owned AS (
    SELECT sided.*, (
        SELECT member.id FROM access_member member
         WHERE member.workspace_id = %(workspace)s AND member.left_at IS NULL
           AND member.id = CASE WHEN done_by_id IS NOT NULL THEN done_by_id
                                WHEN to_team THEN NULL
                                WHEN its_side = 1 THEN marketing_owner_id
                                WHEN its_side = 2 THEN pd_owner_id
                                ELSE sales_owner_id END) AS owner_id
      FROM sided CROSS JOIN generate_series(1, (SELECT 1)) many),
made AS (
    INSERT INTO leads_task (workspace_id, kind, lead_id, owner_id, team_id, side, why, script,
                            made_at, due_at, attempt, enrolment_id, step_key)
    SELECT %(workspace)s, task_kind, lead_id, owner_id, CASE WHEN to_team THEN team_id END,
           its_side, why, script, %(now)s, due_at, 1, id, key FROM owned
    RETURNING id, lead_id, owner_id, side, why, due_at),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = 1, task_id = made.id, enrolment_id = NULL, next_side = made.side,
           next_owner_id = made.owner_id, next_why = made.why, next_at = made.due_at,
           whose_move = made.side
      FROM made WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = made.lead_id
       AND standing.stage <= 3),
begun AS (
    UPDATE nurture_enrolment enrolment SET waiting = true, wake_at = owned.time_out
      FROM owned WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = owned.id
    RETURNING enrolment.id)
SELECT count(*) FROM begun
