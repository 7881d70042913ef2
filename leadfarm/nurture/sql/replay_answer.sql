-- replay_answer: somebody does a task of a draft, unless it was withdrawn meanwhile
WITH done AS (
    UPDATE leads_task
       SET done_at = %(now)s, done_by_id = owner_id, disposition = %(disposition)s::smallint
     WHERE workspace_id = %(workspace)s AND id = %(id)s AND done_at IS NULL AND cancelled_at IS NULL
    RETURNING id)
SELECT count(*) FROM done
