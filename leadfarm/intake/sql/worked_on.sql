-- worked_on: leads of an import with work of people since, and what that was
SELECT DISTINCT ON (imported.lead_id) imported.lead_id, work.what
  FROM intake_importedrow imported
  JOIN LATERAL (
       SELECT 'a touch was recorded' AS what FROM leads_touch touch
        WHERE touch.workspace_id = imported.workspace_id AND touch.lead_id = imported.lead_id
          AND touch.recorded_at > %(at)s AND touch.ref IS DISTINCT FROM %(run)s
          AND NOT touch.by_machine
       UNION ALL
       SELECT 'a task was done' FROM leads_task task
        WHERE task.workspace_id = imported.workspace_id AND task.lead_id = imported.lead_id
          AND task.done_at > %(at)s
       UNION ALL
       SELECT 'its stage was changed' FROM leads_stagechange change
        WHERE change.workspace_id = imported.workspace_id AND change.lead_id = imported.lead_id
          AND change.recorded_at > %(at)s
       UNION ALL
       SELECT 'something was written down' FROM leads_personaltext words
        WHERE words.workspace_id = imported.workspace_id AND words.lead_id = imported.lead_id
          AND words.written_at > %(at)s
       UNION ALL
       SELECT 'something was learned' FROM leads_finding finding
        WHERE finding.workspace_id = imported.workspace_id AND finding.lead_id = imported.lead_id
          AND finding.recorded_at > %(at)s AND finding.source <> 'import ' || %(run)s
       UNION ALL
       SELECT 'it is in a program' FROM leads_standing standing
        WHERE standing.workspace_id = imported.workspace_id
          AND standing.lead_id = imported.lead_id AND standing.enrolment_id IS NOT NULL
       ) work ON true
 WHERE imported.workspace_id = %(workspace)s AND imported.run_id = %(run)s
