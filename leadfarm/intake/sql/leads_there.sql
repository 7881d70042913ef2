-- leads_there: leads that a chunk of rows may join: of the same external id, of the same contact,
-- open ones of colleagues at the account, and those an earlier run of the same file came to
SELECT lead.id, lead.contact_id, lead.account_id, lead.external_id, lead.need, lead.entered_at,
       standing.stage, standing.heat, standing.next_kind, lead.title, lead.marketing_owner_id,
       lead.pd_owner_id, lead.sales_owner_id, lead.amount, lead.close_on, lead.source_id
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.external_id = ANY(%(external_ids)s)
UNION
SELECT lead.id, lead.contact_id, lead.account_id, lead.external_id, lead.need, lead.entered_at,
       standing.stage, standing.heat, standing.next_kind, lead.title, lead.marketing_owner_id,
       lead.pd_owner_id, lead.sales_owner_id, lead.amount, lead.close_on, lead.source_id
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.contact_id = ANY(%(contacts)s)
UNION
SELECT lead.id, lead.contact_id, lead.account_id, lead.external_id, lead.need, lead.entered_at,
       standing.stage, standing.heat, standing.next_kind, lead.title, lead.marketing_owner_id,
       lead.pd_owner_id, lead.sales_owner_id, lead.amount, lead.close_on, lead.source_id
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.account_id = ANY(%(accounts)s) AND standing.stage <= %(last_open_stage)s
UNION
SELECT lead.id, lead.contact_id, lead.account_id, lead.external_id, lead.need, lead.entered_at,
       standing.stage, standing.heat, standing.next_kind, lead.title, lead.marketing_owner_id,
       lead.pd_owner_id, lead.sales_owner_id, lead.amount, lead.close_on, lead.source_id
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.id = ANY(%(leads)s)
 ORDER BY 1
