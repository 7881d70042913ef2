-- task_given_time: the open task is due later than thought; the step waits for it
WITH longer AS (SELECT * FROM unnest(%(ids)s::bigint[], %(wake_ats)s::timestamptz[])
                           AS longer (id, wake_at)),
given AS (
    UPDATE nurture_enrolment enrolment SET wake_at = longer.wake_at FROM longer
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = longer.id
       AND enrolment.state = 2 AND enrolment.waiting AND enrolment.wake_at <= %(now)s
    RETURNING enrolment.id)
SELECT count(*) FROM given
