-- routing_owners: who looks after these accounts on each side: of their leads the open ones first,
-- then the newest.
SELECT lead.account_id,
       (array_agg(lead.marketing_owner_id ORDER BY standing.stage > %(last_open)s::smallint,
                  lead.entered_at DESC, lead.id DESC)
            FILTER (WHERE lead.marketing_owner_id IS NOT NULL))[1] AS marketing,
       (array_agg(lead.pd_owner_id ORDER BY standing.stage > %(last_open)s::smallint,
                  lead.entered_at DESC, lead.id DESC)
            FILTER (WHERE lead.pd_owner_id IS NOT NULL))[1] AS pd,
       (array_agg(lead.sales_owner_id ORDER BY standing.stage > %(last_open)s::smallint,
                  lead.entered_at DESC, lead.id DESC)
            FILTER (WHERE lead.sales_owner_id IS NOT NULL))[1] AS sales
  FROM leads_lead lead
 CROSS JOIN LATERAL (
       SELECT one.stage FROM leads_standing one
        WHERE one.workspace_id = %(workspace)s::integer AND one.lead_id = lead.id OFFSET 0) standing
 WHERE lead.workspace_id = %(workspace)s::integer
   AND lead.account_id = ANY(%(accounts)s::bigint[])
 GROUP BY lead.account_id
