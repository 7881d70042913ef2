-- listed: a page of companies, then what hangs on each of them
WITH /*found*/ page AS MATERIALIZED (
    SELECT id, name, name_key, domain, sector, employees, country
      FROM leads_account
     WHERE workspace_id = %(workspace)s AND /*asked*/ AND /*keyset*/
     ORDER BY /*order*/ LIMIT %(many)s)
SELECT page.id, page.name, page.domain, page.sector, page.employees, page.country,
       on_it.leads, on_it.unfinished, on_it.last
  FROM page
  LEFT JOIN LATERAL (
       SELECT count(*) AS leads, count(*) FILTER (WHERE standing.stage < 7) AS unfinished,
              max(lead.entered_at) AS last
         FROM leads_lead lead
         JOIN leads_standing standing ON standing.workspace_id = lead.workspace_id
                                     AND standing.lead_id = lead.id
        WHERE lead.workspace_id = %(workspace)s AND lead.account_id = page.id) on_it ON true
 ORDER BY /*order*/
