-- due: whether a program has anything to do now, and whether a message may go. Asked before a tick,
-- because most half days of a small company have nothing, and a tick asks forty questions.
SELECT EXISTS (SELECT FROM nurture_arrival WHERE workspace_id = %(workspace)s)
    OR EXISTS (SELECT FROM nurture_enrolment
                WHERE workspace_id = %(workspace)s AND state = 2 AND wake_at <= %(now)s)
    OR EXISTS (SELECT FROM leads_task
                WHERE workspace_id = %(workspace)s AND enrolment_id IS NOT NULL
                  AND done_at IS NOT NULL AND handed_on_at IS NULL)
    OR EXISTS (SELECT FROM leads_standing
                WHERE workspace_id = %(workspace)s AND next_kind = 3 AND next_side = 1 AND stage = 3
                  AND next_at <= %(now)s),
       EXISTS (SELECT FROM outreach_message
                WHERE workspace_id = %(workspace)s AND state = 1 AND not_before <= %(now)s)
