-- laid_out: what the layouts of other products hold of these leads, flat
SELECT lead.id, lead.external_id, lead.entered_at, lead.title, lead.amount, lead.close_on,
       standing.stage, standing.stage_since,
       coalesce(contact.given_name, '') AS given_name,
       coalesce(contact.family_name, '') AS family_name,
       coalesce(contact.email, '') AS email, coalesce(contact.phone, '') AS phone,
       coalesce(contact.job_title, '') AS job_title,
       coalesce(account.name, '') AS company, coalesce(account.domain, '') AS domain,
       coalesce(nullif(contact.country, ''), account.country, '') AS country,
       coalesce(account.industry, '') AS industry, account.employees,
       coalesce(source.name, '') AS source,
       coalesce(seller.name, '') AS owner
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
  LEFT JOIN leads_contact contact
    ON contact.workspace_id = lead.workspace_id AND contact.id = lead.contact_id
  LEFT JOIN leads_account account
    ON account.workspace_id = lead.workspace_id AND account.id = lead.account_id
  LEFT JOIN leads_source source
    ON source.workspace_id = lead.workspace_id AND source.id = lead.source_id
  LEFT JOIN access_member seller
    ON seller.workspace_id = lead.workspace_id AND seller.id = lead.sales_owner_id
 WHERE lead.workspace_id = %(workspace)s::integer AND lead.id = ANY(%(leads)s::bigint[])
 ORDER BY lead.id
