-- holes: of how many contacts who would get it a fact is not known that the words speak of.
WITH {people}
SELECT {holes}
  FROM judged
  JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = judged.lead_id
  JOIN leads_contact contact
    ON contact.workspace_id = %(workspace)s AND contact.id = judged.contact_id
  LEFT JOIN leads_account account
    ON account.workspace_id = %(workspace)s AND account.id = lead.account_id
 WHERE judged.barred IS NULL
