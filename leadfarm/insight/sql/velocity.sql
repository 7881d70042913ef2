-- velocity: the days leads spent in each stage before the next change (stage 0: entry to order).
WITH lead AS (
    SELECT id, entered_at FROM leads_lead
     WHERE workspace_id = %(workspace)s AND entered_at >= %(since)s AND entered_at < %(until)s
), stay AS (
    SELECT change.to_stage AS stage, change.origin,
           lead(change.happened_at) OVER way - change.happened_at AS length
      FROM leads_stagechange change JOIN lead ON lead.id = change.lead_id
     WHERE change.workspace_id = %(workspace)s
    WINDOW way AS (PARTITION BY change.lead_id ORDER BY change.happened_at, change.id)
)
SELECT stage, array_agg(extract(epoch FROM length) / 86400.0) AS days
  FROM stay WHERE length IS NOT NULL AND origin = 1 GROUP BY stage
UNION ALL
SELECT 0, array_agg(floor(extract(epoch FROM won.at - lead.entered_at) / 86400))
  FROM lead JOIN (SELECT lead_id, min(happened_at) AS at FROM leads_stagechange
                   WHERE workspace_id = %(workspace)s AND to_stage = %(won)s GROUP BY lead_id) won
    ON won.lead_id = lead.id
 WHERE won.at >= lead.entered_at
HAVING count(*) > 0
