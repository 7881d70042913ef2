-- replay_let_go: whoever was delivered, closed or put to sleep leaves the draft, as from any program
WITH gone AS (
    UPDATE nurture_enrolment enrolment
       SET state = CASE WHEN moved.to_stage BETWEEN 4 AND 8 THEN 11 ELSE 17 END,
           ended_at = %(now)s, wake_at = NULL, waiting = false
      FROM leads_stagechange moved
     WHERE moved.workspace_id = %(workspace)s AND moved.id = ANY(%(ids)s::bigint[])
       AND moved.to_stage > 3 AND coalesce(moved.from_stage, 1) NOT IN (7, 8)
       AND enrolment.workspace_id = %(workspace)s AND enrolment.lead_id = moved.lead_id
       AND enrolment.id = ANY(%(replayed)s::bigint[]) AND enrolment.state IN (1, 2, 3)
    RETURNING enrolment.id)
SELECT count(*) FROM gone
