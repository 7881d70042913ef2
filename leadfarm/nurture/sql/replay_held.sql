-- replay_held: what was held back in the replay, why, and whose touch had taken the window before
SELECT held.lead_id, held.happened_at, held.ref, taker.by
  FROM leads_touch held
  LEFT JOIN LATERAL (
    SELECT took.by FROM (
        SELECT message.window_at AS at,
               CASE WHEN message.enrolment_id = ANY(%(replayed)s::bigint[]) THEN 'itself'
                    WHEN message.kind = 1 THEN 'program:' || coalesce((
                      SELECT program.name FROM {real}.nurture_program program
                        JOIN {real}.nurture_enrolment place
                          ON place.workspace_id = %(workspace)s AND place.program_id = program.id
                       WHERE program.workspace_id = %(workspace)s
                         AND place.id = message.enrolment_id), '')
                    WHEN message.kind = 2 THEN 'mailing' ELSE 'hand' END AS by
          FROM outreach_message message
         WHERE message.workspace_id = %(workspace)s AND message.contact_id = held.contact_id
           AND message.window_at <= held.happened_at
        UNION ALL
        SELECT touch.happened_at, 'call' FROM leads_touch touch
         WHERE touch.workspace_id = %(workspace)s AND touch.contact_id = held.contact_id
           AND touch.kind = %(call)s AND NOT touch.by_machine
           AND touch.disposition = ANY(%(connected)s::int[])
           AND touch.happened_at <= held.happened_at) took
     ORDER BY took.at DESC LIMIT 1) taker ON held.ref = ANY(%(window)s::int[])
 WHERE held.workspace_id = %(workspace)s AND held.kind = %(held_back)s AND held.id >= %(first)s
   AND held.happened_at >= %(begin)s AND held.happened_at < %(until)s
 ORDER BY held.happened_at, held.lead_id
