-- choices: the people, sources and campaigns a clause of this workspace may name, by name
SELECT 'people' AS kind, id, name FROM access_member
 WHERE workspace_id = %(workspace)s::integer
   AND (%(firm)s::bigint IS NULL OR firm_id = %(firm)s::bigint)
UNION ALL
SELECT 'source', id, name FROM leads_source WHERE workspace_id = %(workspace)s::integer
UNION ALL
SELECT 'campaign', id, name FROM leads_campaign WHERE workspace_id = %(workspace)s::integer
 ORDER BY name
