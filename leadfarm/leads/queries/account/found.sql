-- found: companies whose name or site begins like that, or one of whose leads is found by these words.
-- Each way reads a range of an index and stops at ENOUGH: a scan for a rare name would read all.
found AS MATERIALIZED (
    (SELECT id FROM leads_account
      WHERE workspace_id = %(workspace)s AND name_key >= %(key)s AND name_key < %(key_end)s
      ORDER BY name_key LIMIT %(enough)s)
    UNION
    (SELECT id FROM leads_account
      WHERE workspace_id = %(workspace)s AND domain >= %(domain)s AND domain < %(domain_end)s
      ORDER BY domain LIMIT %(enough)s)
    UNION
    SELECT lead.account_id
      FROM (/*candidates*/) named
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = named.lead_id
     WHERE lead.account_id IS NOT NULL),
