-- spend: what each source and campaign cost in a period; a booking counts with the share of its
-- days that lies inside, and a campaign's spend counts for its source too.
SELECT coalesce(spend.source_id, campaign.source_id) AS source_id, spend.campaign_id, spend.kind,
       sum(spend.amount
           * (least(spend.until_day, %(last)s::date) - greatest(spend.from_day, %(first)s::date) + 1)
           / (spend.until_day - spend.from_day + 1)) AS amount
  FROM intake_spend spend
  LEFT JOIN leads_campaign campaign
    ON campaign.workspace_id = spend.workspace_id AND campaign.id = spend.campaign_id
 WHERE spend.workspace_id = %(workspace)s
   AND spend.until_day >= %(first)s AND spend.from_day <= %(last)s
 GROUP BY 1, 2, 3
