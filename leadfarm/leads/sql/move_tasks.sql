-- move_tasks: what a member has to do up to the end of their time off goes to somebody else (`to`) or
-- is put off (`due`); next steps follow. How it was is kept beside the time off, to be taken back.
WITH task AS (
    SELECT id, due_at, owner_id FROM leads_task
     WHERE workspace_id = %(workspace)s::integer AND owner_id = %(member)s::bigint
       AND done_at IS NULL AND cancelled_at IS NULL AND due_at < %(until)s::timestamptz
       FOR UPDATE),
moved AS (
    UPDATE leads_task SET due_at = coalesce(%(due)s::timestamptz, task.due_at),
           owner_id = coalesce(%(to)s::bigint, task.owner_id)
      FROM task WHERE leads_task.workspace_id = %(workspace)s::integer AND leads_task.id = task.id),
followed AS (
    UPDATE leads_standing standing SET next_at = coalesce(%(due)s::timestamptz, standing.next_at),
           next_owner_id = coalesce(%(to)s::bigint, standing.next_owner_id)
      FROM task, leads_task of
     WHERE of.workspace_id = %(workspace)s::integer AND of.id = task.id
       AND standing.workspace_id = %(workspace)s::integer AND standing.lead_id = of.lead_id
       AND standing.task_id = task.id AND standing.next_kind = 1),
kept AS (
    UPDATE leads_timeoff SET moved = moved || coalesce((
           SELECT jsonb_object_agg(task.id::text, jsonb_build_array(task.due_at, task.owner_id))
             FROM task), '{}')
     WHERE workspace_id = %(workspace)s::integer AND id = %(timeoff)s::bigint)
SELECT count(*) AS many FROM task
