-- move_tasks_back: tasks that were moved for a time off are again whose they were and due when they
-- were, as far as they are still to do; next steps follow.
WITH before AS (
    SELECT one.key::bigint AS id, (one.value ->> 0)::timestamptz AS due_at,
           (one.value ->> 1)::bigint AS owner_id
      FROM leads_timeoff off CROSS JOIN jsonb_each(off.moved) one
     WHERE off.workspace_id = %(workspace)s::integer AND off.id = %(timeoff)s::bigint),
task AS (
    UPDATE leads_task task SET due_at = before.due_at, owner_id = before.owner_id
      FROM before WHERE task.workspace_id = %(workspace)s::integer AND task.id = before.id
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
    RETURNING task.id, task.lead_id, task.due_at, task.owner_id),
followed AS (
    UPDATE leads_standing standing SET next_at = task.due_at, next_owner_id = task.owner_id
      FROM task WHERE standing.workspace_id = %(workspace)s::integer
       AND standing.lead_id = task.lead_id AND standing.task_id = task.id
       AND standing.next_kind = 1),
emptied AS (
    UPDATE leads_timeoff SET moved = '{}'
     WHERE workspace_id = %(workspace)s::integer AND id = %(timeoff)s::bigint)
SELECT count(*) AS many FROM task
