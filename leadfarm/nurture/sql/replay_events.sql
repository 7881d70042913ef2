-- replay_events: everything on record about these leads and contacts that the program did not do
-- itself, and the instants at which it acted: when it was recorded, whether before (0), at (1) or
-- after (2) the program's own turn at that instant, what it is, and its id. `replayed` are the
-- enrolments lived through again: what they led to is left out.
WITH lead AS (SELECT unnest(%(leads)s::bigint[]) AS id),
contact AS (SELECT unnest(%(contacts)s::bigint[]) AS id),
place AS (SELECT * FROM nurture_enrolment
           WHERE workspace_id = %(workspace)s AND lead_id = ANY(%(leads)s::bigint[])),
replayed AS (SELECT place.* FROM place WHERE id = ANY(%(replayed)s::bigint[])),
step AS MATERIALIZED (
    SELECT log.*, replayed.lead_id, node.kind
      FROM replayed
      JOIN nurture_steplog log
        ON log.workspace_id = %(workspace)s AND log.enrolment_id = replayed.id
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = log.node_id),
message AS MATERIALIZED (
    SELECT message.*, coalesce(message.enrolment_id = ANY(%(replayed)s::bigint[]), false) AS ours
      FROM outreach_message message JOIN contact ON contact.id = message.contact_id
     WHERE message.workspace_id = %(workspace)s AND message.planned_at < %(until)s),
touch AS MATERIALIZED (
    SELECT touch.* FROM leads_touch touch JOIN lead ON lead.id = touch.lead_id
     WHERE touch.workspace_id = %(workspace)s AND touch.kind <> %(held_back)s
       AND touch.recorded_at < %(until)s),
task AS MATERIALIZED (
    SELECT task.*, coalesce(task.enrolment_id = ANY(%(replayed)s::bigint[]), false) AS ours
      FROM leads_task task
     WHERE task.workspace_id = %(workspace)s AND task.made_at < %(until)s
       AND (task.lead_id = ANY(%(leads)s::bigint[])
            OR task.team_id IS NOT NULL AND task.made_at >= %(begin)s - interval '2 days'))
SELECT recorded_at AS at, 0 AS turn, 'touch' AS kind, id FROM touch
UNION ALL
SELECT changed.recorded_at, 0, 'stage', changed.id
  FROM leads_stagechange changed JOIN lead ON lead.id = changed.lead_id
 WHERE changed.workspace_id = %(workspace)s AND changed.recorded_at < %(until)s
   AND NOT (changed.actor_kind = 'program' AND EXISTS (
     SELECT FROM step WHERE step.lead_id = changed.lead_id AND step.at = changed.recorded_at))
UNION ALL
SELECT finding.recorded_at, 0, 'finding', finding.id
  FROM leads_finding finding JOIN lead ON lead.id = finding.lead_id
 WHERE finding.workspace_id = %(workspace)s AND finding.recorded_at < %(until)s
   AND NOT (finding.source = 'program' AND EXISTS (
     SELECT FROM step WHERE step.lead_id = finding.lead_id AND step.at = finding.recorded_at))
UNION ALL
SELECT said.at, 0, 'verdict', said.id
  FROM qualification_verdict said JOIN lead ON lead.id = said.lead_id
 WHERE said.workspace_id = %(workspace)s AND said.at < %(until)s
UNION ALL
-- A first attempt at a replayed step, and what follows its end, is made by the program.
SELECT task.made_at, 0, CASE WHEN task.ours THEN 'attempt' ELSE 'task' END, task.id FROM task
 WHERE NOT (task.ours AND task.attempt = 1)
   AND NOT (task.enrolment_id IS NULL AND task.attempt = 1 AND EXISTS (
     SELECT FROM step WHERE step.lead_id = task.lead_id AND step.at = task.made_at
        AND step.way IN ('goal', 'exit')))
UNION ALL
SELECT coalesce(task.done_at, task.cancelled_at),
       CASE WHEN task.ours AND task.handed_on_at IS DISTINCT FROM task.done_at THEN 2 ELSE 0 END,
       'closed', task.id
  FROM task
 WHERE coalesce(task.done_at, task.cancelled_at) < %(until)s
   AND NOT (task.ours AND task.cancelled_at IS NOT NULL AND EXISTS (
     SELECT FROM step WHERE step.enrolment_id = task.enrolment_id AND step.at = task.cancelled_at))
UNION ALL
SELECT planned_at, 0, 'message', id FROM message WHERE NOT ours
UNION ALL
SELECT planned_at, 2, 'cancelled', id FROM message WHERE ours AND state = 7
UNION ALL
SELECT window_at, 2, 'renewed', id FROM message WHERE ours AND window_at > planned_at
UNION ALL
-- Who takes the window at the very instant at which the program has written came after it.
SELECT other.window_at, CASE WHEN EXISTS (
         SELECT FROM message own WHERE own.ours AND own.contact_id = other.contact_id
            AND own.planned_at = other.window_at) THEN 2 ELSE 0 END, 'mail-took', other.id
  FROM message other WHERE NOT other.ours AND other.window_at < %(until)s
UNION ALL
SELECT touch.recorded_at, CASE WHEN EXISTS (
         SELECT FROM message own WHERE own.ours AND own.contact_id = touch.contact_id
            AND own.planned_at = touch.recorded_at) THEN 2 ELSE 0 END, 'call-took', touch.id
  FROM touch
 WHERE touch.kind = %(call)s AND NOT touch.by_machine AND touch.contact_id IS NOT NULL
   AND touch.disposition = ANY(%(connected)s::int[])
UNION ALL
SELECT barred.made_at, 0, 'barred', barred.id
  FROM consent_suppression barred JOIN contact ON contact.id = barred.contact_id
 WHERE barred.workspace_id = %(workspace)s AND barred.made_at < %(until)s
UNION ALL
SELECT barred.lifted_at, 0, 'lifted', barred.id
  FROM consent_suppression barred JOIN contact ON contact.id = barred.contact_id
 WHERE barred.workspace_id = %(workspace)s AND barred.lifted_at < %(until)s
UNION ALL
SELECT agreed.recorded_at, 0, 'agreed', agreed.id
  FROM consent_consent agreed JOIN contact ON contact.id = agreed.contact_id
 WHERE agreed.workspace_id = %(workspace)s AND agreed.recorded_at < %(until)s
UNION ALL
SELECT agreed.withdrawn_at, 0, 'withdrawn', agreed.id
  FROM consent_consent agreed JOIN contact ON contact.id = agreed.contact_id
 WHERE agreed.workspace_id = %(workspace)s AND agreed.withdrawn_at < %(until)s
UNION ALL
SELECT sign.asked_at, 0, 'signed', sign.id
  FROM consent_signup sign JOIN contact ON contact.id = sign.contact_id
 WHERE sign.workspace_id = %(workspace)s AND sign.asked_at < %(until)s
UNION ALL
SELECT sign.confirmed_at, 0, 'confirmed', sign.id
  FROM consent_signup sign JOIN contact ON contact.id = sign.contact_id
 WHERE sign.workspace_id = %(workspace)s AND sign.confirmed_at < %(until)s
UNION ALL
SELECT added_at, 0, 'piece', id FROM nurture_piece
 WHERE workspace_id = %(workspace)s AND added_at < %(until)s
UNION ALL
SELECT retired_at, 0, 'retired', id FROM nurture_piece
 WHERE workspace_id = %(workspace)s AND retired_at < %(until)s
UNION ALL
SELECT entered_at, 0, 'elsewhere', id FROM place
 WHERE id <> ALL(%(replayed)s::bigint[]) AND entered_at < %(until)s
UNION ALL
-- Of two programs that end at one instant the one entered later ends last.
SELECT ended_at, CASE WHEN EXISTS (
         SELECT FROM replayed own WHERE own.lead_id = place.lead_id
            AND own.ended_at = place.ended_at AND own.id < place.id) THEN 2 ELSE 0 END, 'gone', id
  FROM place WHERE id <> ALL(%(replayed)s::bigint[]) AND ended_at < %(until)s
UNION ALL
SELECT entered_at, 0, 'entered', id FROM replayed
UNION ALL
SELECT replayed.ended_at, 2, 'taken-over', replayed.id FROM replayed
 WHERE replayed.ended_at < %(until)s AND NOT EXISTS (
     SELECT FROM step WHERE step.enrolment_id = replayed.id AND step.way IN ('goal', 'exit'))
UNION ALL
SELECT DISTINCT at, 0, 'newer', 0 FROM step WHERE way = 'newer version'
UNION ALL
-- Who has left a stream: at a sweep, where they were not due yet. A sweep is no turn.
SELECT at, 1, 'swept', enrolment_id FROM step WHERE (kind = %(stream)s AND way <> ALL(%(own_ways)s::text[]))
UNION ALL
-- A wait is begun without a word in the log.
SELECT replayed.entered_at, 1, 'begun', replayed.id FROM replayed
  LEFT JOIN step ON step.enrolment_id = replayed.id AND step.number = 1
  JOIN nurture_node begun ON begun.workspace_id = %(workspace)s
   AND begun.id = coalesce(step.node_id, replayed.node_id) AND begun.kind IN (2, 3)
UNION ALL
SELECT DISTINCT at, 1, 'turn', 0::bigint FROM (
    SELECT at FROM step WHERE NOT (kind = %(stream)s AND way <> ALL(%(own_ways)s::text[])) AND way NOT IN ('taken-over', 'newer version')
    UNION ALL SELECT planned_at FROM message WHERE ours
    UNION ALL SELECT made_at FROM task WHERE ours AND attempt = 1) turns
