-- replay_due: when something is due next for those who live again: a step, or an answer to hand on
SELECT least(
    (SELECT min(wake_at) FROM nurture_enrolment
      WHERE workspace_id = %(workspace)s AND id = ANY(%(replayed)s::bigint[]) AND state = 2),
    (SELECT min(done_at) FROM leads_task
      WHERE workspace_id = %(workspace)s AND enrolment_id = ANY(%(replayed)s::bigint[])
        AND done_at IS NOT NULL AND handed_on_at IS NULL))
