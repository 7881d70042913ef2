-- leads_there: leads that a chunk of rows may join: of the same external id, of the same contact,
-- open ones of colleagues at the account, and those an earlier run of the same file came to.
-- Each standing is fetched by its lead: in a workspace that grows by files the statistics are
-- behind, and a join chosen after them compares every lead with every standing.
WITH near AS MATERIALIZED (
    SELECT lead.id, false AS if_open FROM leads_lead lead
     WHERE lead.workspace_id = %(workspace)s AND lead.external_id = ANY(%(external_ids)s)
    UNION ALL
    SELECT lead.id, false FROM leads_lead lead
     WHERE lead.workspace_id = %(workspace)s AND lead.contact_id = ANY(%(contacts)s)
    UNION ALL
    SELECT lead.id, true FROM leads_lead lead
     WHERE lead.workspace_id = %(workspace)s AND lead.account_id = ANY(%(accounts)s)
    UNION ALL
    SELECT lead.id, false FROM leads_lead lead
     WHERE lead.workspace_id = %(workspace)s AND lead.id = ANY(%(leads)s)),
each AS MATERIALIZED (SELECT near.id, bool_and(near.if_open) AS if_open FROM near GROUP BY near.id)
SELECT lead.id, lead.contact_id, lead.account_id, lead.external_id, lead.need, lead.entered_at,
       standing.stage, standing.heat, standing.next_kind, lead.title, lead.marketing_owner_id,
       lead.pd_owner_id, lead.sales_owner_id, lead.amount, lead.close_on, lead.source_id,
       lead.origin = %(captured)s AS captured
  FROM each
 CROSS JOIN LATERAL (
       SELECT * FROM leads_lead one
        WHERE one.workspace_id = %(workspace)s AND one.id = each.id OFFSET 0) lead
 CROSS JOIN LATERAL (
       SELECT * FROM leads_standing one
        WHERE one.workspace_id = %(workspace)s AND one.lead_id = each.id OFFSET 0) standing
 WHERE NOT each.if_open OR standing.stage <= %(last_open_stage)s
 ORDER BY lead.id
