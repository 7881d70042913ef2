-- undo_standings: leads that stay go back to the stage they had before the import moved them
WITH moved AS (
    SELECT DISTINCT ON (change.lead_id) change.lead_id, change.from_stage
      FROM leads_stagechange change
      JOIN intake_importedrow imported ON imported.workspace_id = change.workspace_id
       AND imported.run_id = %(run)s AND imported.lead_id = change.lead_id
     WHERE change.workspace_id = %(workspace)s AND change.actor_kind = 'import'
       AND change.recorded_at = %(at)s AND change.from_stage IS NOT NULL
       AND NOT change.lead_id = ANY(%(kept)s)
     ORDER BY change.lead_id, change.id)
UPDATE leads_standing standing
   SET stage = moved.from_stage, stage_since = %(now)s, whose_move = 1, next_kind = 3,
       next_side = 1, next_owner_id = NULL, next_why = 'An import was undone: say what happens',
       next_at = %(now)s + interval '7 days', task_id = NULL, enrolment_id = NULL,
       recheck_rule = CASE WHEN moved.from_stage > 10 THEN 1 END,
       recheck_on = CASE WHEN moved.from_stage > 10 THEN (%(now)s + interval '30 days')::date END,
       closed_because = CASE WHEN moved.from_stage > 10 THEN 'import-undone' ELSE '' END
  FROM moved
 WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = moved.lead_id
