-- replay_answers: how the human steps of the program were answered, in the order they were made: how
-- long after the first attempt the last one was closed, with which disposition, and whether it was
SELECT root.lead_id, root.step_key, coalesce(last.done_at, root.made_at) - root.made_at,
       last.disposition, last.done_at IS NOT NULL
  FROM {real}.leads_task root
  JOIN {real}.nurture_enrolment mine ON mine.workspace_id = %(workspace)s
   AND mine.id = root.enrolment_id AND mine.program_id = %(program)s
  CROSS JOIN LATERAL (
    SELECT attempt.done_at, attempt.disposition FROM {real}.leads_task attempt
     WHERE attempt.workspace_id = %(workspace)s AND attempt.lead_id = root.lead_id
       AND attempt.enrolment_id = root.enrolment_id AND attempt.step_key = root.step_key
       AND attempt.made_at >= root.made_at
       AND NOT EXISTS (
         SELECT FROM {real}.leads_task again
          WHERE again.workspace_id = %(workspace)s AND again.lead_id = root.lead_id
            AND again.enrolment_id = root.enrolment_id AND again.step_key = root.step_key
            AND again.attempt = 1 AND again.made_at > root.made_at
            AND again.made_at <= attempt.made_at)
     ORDER BY attempt.attempt DESC, attempt.made_at DESC LIMIT 1) last
 WHERE root.workspace_id = %(workspace)s AND root.attempt = 1 AND root.made_at < %(until)s
 ORDER BY root.made_at, root.id
