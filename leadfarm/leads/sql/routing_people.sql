-- routing_people: who can be given leads, what they were given lately, when they work and when they
-- are away. Open leads are counted only for who has a limit, and only up to it. `only`: one member.
SELECT member.id, member.role, member.firm_id, member.team_id, member.time_zone,
       load.works_from, load.works_until, coalesce(load.country, '') AS country,
       load.most_a_day, load.most_a_week, load.most_open,
       CASE WHEN load.day = %(today)s::date THEN load.given_today ELSE 0 END AS given_today,
       CASE WHEN load.week = %(week)s::date THEN load.given_this_week ELSE 0 END AS given_this_week,
       CASE WHEN load.most_open IS NULL THEN 0
            WHEN member.role = 3 THEN (SELECT count(*) FROM (
                SELECT FROM leads_lead lead JOIN leads_standing standing
                    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
                 WHERE lead.workspace_id = %(workspace)s::integer
                   AND lead.sales_owner_id = member.id AND standing.stage <= %(last_open)s::smallint
                 LIMIT load.most_open) sold)
            WHEN member.role = 2 THEN (SELECT count(*) FROM (
                SELECT FROM leads_lead lead JOIN leads_standing standing
                    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
                 WHERE lead.workspace_id = %(workspace)s::integer
                   AND lead.pd_owner_id = member.id AND standing.stage <= %(last_open)s::smallint
                 LIMIT load.most_open) developed)
            ELSE 0 END AS open_leads,
       away.days AS away
  FROM access_member member
  LEFT JOIN leads_workload load ON load.workspace_id = member.workspace_id
   AND load.member_id = member.id
  LEFT JOIN LATERAL (
       SELECT array_agg(ARRAY[off.from_on, off.until_on] ORDER BY off.from_on) AS days
         FROM leads_timeoff off
        WHERE off.workspace_id = %(workspace)s::integer AND off.member_id = member.id
          AND off.until_on >= %(today)s::date) away ON true
 WHERE member.workspace_id = %(workspace)s::integer AND member.left_at IS NULL
   AND (%(only)s::bigint IS NULL OR member.id = %(only)s::bigint)
 ORDER BY member.id
