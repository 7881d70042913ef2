-- origins: what came of the leads of each source and campaign that entered in a period.
-- Days to the order are whole days gone by. "Reached" is counted from the stage changes, so it never shrinks when a lead moves on.
WITH reached AS (
    SELECT lead_id,
           bool_or(to_stage = %(accepted)s) AS accepted,
           bool_or(to_stage = %(qualified)s) AS qualified,
           bool_or(to_stage IN (%(won)s, %(customer)s)) AS won,
           min(happened_at) FILTER (WHERE to_stage = %(won)s) AS won_at
      FROM leads_stagechange
     WHERE workspace_id = %(workspace)s
     GROUP BY lead_id
)
SELECT lead.source_id, lead.campaign_id,
       count(*) AS leads,
       count(*) FILTER (WHERE reached.accepted) AS accepted,
       count(*) FILTER (WHERE reached.qualified) AS qualified,
       count(*) FILTER (WHERE reached.won) AS won,
       coalesce(sum(lead.amount) FILTER (WHERE reached.won), 0) AS won_amount,
       count(*) FILTER (WHERE standing.stage IN (%(raw)s, %(inquiry)s)) AS waiting,
       count(*) FILTER (WHERE standing.stage = %(nurturing)s) AS nurturing,
       count(*) FILTER (WHERE standing.stage IN (%(dormant)s, %(lost)s, %(disqualified)s))
           AS sleeping,
       array_agg(floor(extract(epoch FROM reached.won_at - lead.entered_at) / 86400))
           FILTER (WHERE reached.won_at >= lead.entered_at) AS days_to_win
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
  LEFT JOIN reached ON reached.lead_id = lead.id
 WHERE lead.workspace_id = %(workspace)s
   AND lead.entered_at >= %(since)s AND lead.entered_at < %(until)s
 GROUP BY lead.source_id, lead.campaign_id
