-- leads_of_contact: the contact's own leads, and open ones of colleagues at the account
SELECT lead.id, standing.stage, lead.entered_at AS opened_at, lead.need,
       coalesce(lead.external_id, '') AS external_id, false AS is_colleagues
  FROM leads_lead lead JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.contact_id = %(contact)s
UNION ALL
SELECT lead.id, standing.stage, lead.entered_at, lead.need, coalesce(lead.external_id, ''), true
  FROM leads_lead lead JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s AND lead.account_id = %(account)s
   AND lead.contact_id IS DISTINCT FROM %(contact)s AND standing.stage <= %(last_open_stage)s
