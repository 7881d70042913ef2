-- update_leads: what a file tells of leads already here
UPDATE leads_lead lead
   SET title = told.title, need = told.need, external_id = told.external_id,
       marketing_owner_id = told.marketing_owner_id, pd_owner_id = told.pd_owner_id,
       sales_owner_id = told.sales_owner_id, amount = told.amount, close_on = told.close_on,
       contact_id = told.contact_id, account_id = told.account_id
  FROM told_lead told
 WHERE lead.workspace_id = %(workspace)s AND lead.id = told.id
