-- listed: what a list shows and exports of these leads, flat. As models with their relations the
-- same rows took four times as long.
SELECT lead.id, lead.title, lead.external_id, lead.need, lead.entered_at, lead.amount,
       coalesce(account.name, '') AS company, coalesce(account.domain, '') AS domain,
       trim(coalesce(contact.given_name || ' ' || contact.family_name, '')) AS full_name,
       contact.id IS NOT NULL AS has_contact, coalesce(contact.email, '') AS email,
       coalesce(contact.phone, '') AS phone,
       CASE WHEN source.id IS NOT NULL THEN coalesce(nullif(source.name, ''), %(no_source)s::text)
            ELSE '' END AS source,
       standing.stage, standing.stage_since, standing.whose_move, standing.next_kind,
       standing.next_why, standing.next_at, standing.recheck_on, standing.closed_because,
       standing.heat, standing.unscored, standing.fit,
       coalesce(doer.name, CASE standing.whose_move WHEN %(marketing)s::smallint THEN marketer.name
                                                    WHEN %(sales)s::smallint THEN seller.name END,
                developer.name, '') AS owner
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
  LEFT JOIN leads_contact contact
    ON contact.workspace_id = lead.workspace_id AND contact.id = lead.contact_id
  LEFT JOIN leads_account account
    ON account.workspace_id = lead.workspace_id AND account.id = lead.account_id
  LEFT JOIN leads_source source
    ON source.workspace_id = lead.workspace_id AND source.id = lead.source_id
  LEFT JOIN access_member doer
    ON doer.workspace_id = lead.workspace_id AND doer.id = standing.next_owner_id
  LEFT JOIN access_member marketer
    ON marketer.workspace_id = lead.workspace_id AND marketer.id = lead.marketing_owner_id
  LEFT JOIN access_member seller
    ON seller.workspace_id = lead.workspace_id AND seller.id = lead.sales_owner_id
  LEFT JOIN access_member developer
    ON developer.workspace_id = lead.workspace_id AND developer.id = lead.pd_owner_id
 WHERE lead.workspace_id = %(workspace)s::integer AND lead.id = ANY(%(leads)s::bigint[])
