-- next: the earliest instant at which anything of these leads is due, or a program or the post has
-- something to do; nothing when all is done. Most half days of a few leads have nothing.
SELECT least(
    (SELECT %(now)s::timestamptz FROM nurture_arrival WHERE workspace_id = %(workspace)s LIMIT 1),
    (SELECT min(wake_at) FROM nurture_enrolment
      WHERE workspace_id = %(workspace)s AND state = 2 AND lead_id = ANY(%(leads)s::bigint[])),
    (SELECT min(next_at) FROM leads_standing
      WHERE workspace_id = %(workspace)s AND lead_id = ANY(%(leads)s::bigint[])
        AND next_kind = 3 AND stage <= 6),
    (SELECT min(CASE WHEN done_at IS NOT NULL THEN %(now)s::timestamptz
                     ELSE greatest(not_before, CASE WHEN kind = ANY(%(at_once)s) THEN %(now)s
                                                    ELSE date_trunc('day', due_at) END) END)
       FROM leads_task
      WHERE workspace_id = %(workspace)s AND lead_id = ANY(%(leads)s::bigint[])
        AND cancelled_at IS NULL
        AND (done_at IS NULL OR enrolment_id IS NOT NULL AND handed_on_at IS NULL)),
    (SELECT min(not_before) FROM outreach_message
      WHERE workspace_id = %(workspace)s AND lead_id = ANY(%(leads)s::bigint[]) AND state = 1
        AND %(sends)s))
