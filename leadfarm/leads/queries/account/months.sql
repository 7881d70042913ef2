-- months: how often anybody of a company came to us, month by month
SELECT date_trunc('month', touch.happened_at AT TIME ZONE %(zone)s)::date AS month,
       count(*) AS times, count(DISTINCT touch.contact_id) AS people
  FROM leads_touch touch
  JOIN leads_lead lead ON lead.workspace_id = touch.workspace_id AND lead.id = touch.lead_id
 WHERE touch.workspace_id = %(workspace)s AND lead.account_id = %(account)s
   AND NOT touch.by_machine AND touch.kind = ANY(%(inbound)s) AND touch.happened_at > %(since)s
 GROUP BY 1 ORDER BY 1
