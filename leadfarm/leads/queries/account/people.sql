-- people: everybody of a company, and whoever is in the buying group of one of its leads, with
-- their parts, how often they came to us in a year, and when they last did
WITH pursued AS (
    SELECT id, contact_id FROM leads_lead
     WHERE workspace_id = %(workspace)s AND account_id = %(account)s),
parts AS (
    SELECT member.contact_id, array_agg(DISTINCT member.role) FILTER (WHERE member.role IS NOT NULL)
           AS roles, (array_agg(member.stance ORDER BY member.added_at DESC)
                      FILTER (WHERE member.stance IS NOT NULL))[1] AS stance,
           max(member.influence) AS influence
      FROM leads_groupmember member JOIN pursued ON pursued.id = member.lead_id
     WHERE member.workspace_id = %(workspace)s GROUP BY 1),
whose AS (
    SELECT id FROM leads_contact WHERE workspace_id = %(workspace)s AND account_id = %(account)s
     UNION SELECT contact_id FROM parts
     UNION SELECT contact_id FROM pursued WHERE contact_id IS NOT NULL),
came AS (
    SELECT touch.contact_id, count(*) AS times, max(touch.happened_at) AS last
      FROM leads_touch touch JOIN pursued ON pursued.id = touch.lead_id
     WHERE touch.workspace_id = %(workspace)s AND NOT touch.by_machine
       AND touch.kind = ANY(%(inbound)s) AND touch.happened_at > %(since)s GROUP BY 1)
SELECT contact.id, contact.given_name, contact.family_name, contact.email, contact.job_title,
       contact.seniority, contact.department, parts.roles, parts.stance, parts.influence,
       coalesce(came.times, 0) AS times, came.last
  FROM leads_contact contact JOIN whose USING (id)
  LEFT JOIN parts ON parts.contact_id = contact.id
  LEFT JOIN came ON came.contact_id = contact.id
 WHERE contact.workspace_id = %(workspace)s
 ORDER BY coalesce(parts.influence, 0) DESC, times DESC, contact.seniority DESC NULLS LAST, id
 LIMIT 200
