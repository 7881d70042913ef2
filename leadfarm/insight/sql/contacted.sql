-- contacted: of the leads of each source and campaign that entered in a period, those whom one of our
-- people has called, written to or met since (S1-9)
SELECT lead.source_id, lead.campaign_id, count(*) AS contacted
  FROM leads_lead lead
 WHERE lead.workspace_id = %(workspace)s
   AND lead.entered_at >= %(since)s AND lead.entered_at < %(until)s
   AND EXISTS (SELECT FROM leads_touch touch
                WHERE touch.workspace_id = %(workspace)s AND touch.lead_id = lead.id
                  AND touch.kind = ANY(%(by_hand)s::smallint[]) AND NOT touch.by_machine)
 GROUP BY lead.source_id, lead.campaign_id
