-- changes_there: the stages these leads have reached, and whether a file told us
SELECT change.lead_id, change.to_stage, change.origin
  FROM leads_stagechange change
 WHERE change.workspace_id = %(workspace)s AND change.lead_id = ANY(%(leads)s)
