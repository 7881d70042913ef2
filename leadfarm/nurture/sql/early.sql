SELECT touch.kind FROM leads_touch touch
 WHERE touch.workspace_id = %(workspace)s AND touch.lead_id = due.lead_id
   AND touch.happened_at >= due.since AND NOT touch.by_machine
   AND node.listens @> to_jsonb(touch.kind)
 ORDER BY touch.happened_at LIMIT 1
