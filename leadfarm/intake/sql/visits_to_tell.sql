-- visits_to_tell: visits of people we know with pages that no lead has been told of yet, each with
-- the lead it joins: the open one of the contact, or of the group it belongs to, the newest first.
SELECT visit.id, visit.contact_id, visit.started_at, visit.last_at, visit.pages, visit.by_machine,
       visit.touch_id, coalesce(visit.lead_id, pursuit.id) AS lead_id
  FROM intake_visit visit
  CROSS JOIN LATERAL (
    SELECT lead.id
      FROM leads_lead lead
      JOIN leads_standing standing
        ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
     WHERE lead.workspace_id = visit.workspace_id
       AND (lead.contact_id = visit.contact_id OR lead.id IN (
            SELECT lead_id FROM leads_groupmember member
             WHERE member.workspace_id = visit.workspace_id
               AND member.contact_id = visit.contact_id))
     ORDER BY standing.stage <= %(last_open_stage)s DESC, lead.contact_id = visit.contact_id DESC,
              lead.entered_at DESC, lead.id DESC
     LIMIT 1
  ) pursuit
 WHERE visit.workspace_id = %(workspace)s AND visit.contact_id IS NOT NULL
   AND visit.told < visit.pages AND visit.started_at <= %(ripe)s
 ORDER BY visit.started_at
 LIMIT %(batch)s
   FOR UPDATE OF visit SKIP LOCKED
