-- watched: for every lead when it entered and when, if ever, it was won.
SELECT lead.entered_at, min(change.happened_at) AS won_at
  FROM leads_lead lead
  LEFT JOIN leads_stagechange change
    ON change.workspace_id = lead.workspace_id AND change.lead_id = lead.id
   AND change.to_stage = %(won)s
 WHERE lead.workspace_id = %(workspace)s AND lead.entered_at < %(now)s
 GROUP BY lead.id, lead.entered_at
