-- update_standings: stage, next step and heat of leads already here, in one statement (law 2).
-- A row without next step (keeps_step) changes the heat only.
UPDATE leads_standing standing
   SET heat = told.heat,
       stage = CASE WHEN told.keeps_step THEN standing.stage ELSE told.stage END,
       stage_since = CASE WHEN told.keeps_step THEN standing.stage_since
                          ELSE coalesce(told.stage_since, standing.stage_since) END,
       whose_move = CASE WHEN told.keeps_step THEN standing.whose_move ELSE told.whose_move END,
       next_kind = CASE WHEN told.keeps_step THEN standing.next_kind ELSE told.next_kind END,
       next_side = CASE WHEN told.keeps_step THEN standing.next_side ELSE told.next_side END,
       next_owner_id = CASE WHEN told.keeps_step THEN standing.next_owner_id
                            ELSE told.next_owner_id END,
       next_why = CASE WHEN told.keeps_step THEN standing.next_why ELSE told.next_why END,
       next_at = CASE WHEN told.keeps_step THEN standing.next_at ELSE told.next_at END,
       task_id = CASE WHEN told.keeps_step THEN standing.task_id ELSE told.task_id END,
       enrolment_id = CASE WHEN told.keeps_step THEN standing.enrolment_id END,
       recheck_rule = CASE WHEN told.keeps_step THEN standing.recheck_rule
                           ELSE told.recheck_rule END,
       recheck_on = CASE WHEN told.keeps_step THEN standing.recheck_on ELSE told.recheck_on END,
       closed_because = CASE WHEN told.keeps_step THEN standing.closed_because
                             ELSE told.closed_because END
  FROM told_standing told
 WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = told.lead_id
