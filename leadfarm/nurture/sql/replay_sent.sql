-- replay_sent: every message and every task a program gave these enrolments in the period, from the
-- ledgers in the schema `at`: to whom, when, what, of which step; `ours` says which tasks it made
SELECT 'mail' AS kind, message.lead_id, message.enrolment_id, message.planned_at AS at,
       message.step_key, template.name AS what, wording.template_id AS about,
       NULL::bigint AS owner_id, NULL::int AS side, message.planned_at AS due_at
  FROM {at}.outreach_message message
  JOIN outreach_templateversion wording
    ON wording.workspace_id = %(workspace)s AND wording.id = message.template_version_id
  JOIN outreach_template template
    ON template.workspace_id = %(workspace)s AND template.id = wording.template_id
 WHERE message.workspace_id = %(workspace)s AND message.enrolment_id = ANY(%(replayed)s::bigint[])
   AND message.planned_at >= %(begin)s AND message.planned_at < %(until)s
UNION ALL
SELECT 'task', task.lead_id, NULL, task.made_at, '', task.why, task.kind, task.owner_id, task.side,
       task.due_at
  FROM {at}.leads_task task
 WHERE task.workspace_id = %(workspace)s AND task.lead_id = ANY(%(leads)s::bigint[])
   AND task.made_at >= %(begin)s AND task.made_at < %(until)s AND {ours}
 ORDER BY 4, 2, 1, 6
