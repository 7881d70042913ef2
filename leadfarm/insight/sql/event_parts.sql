-- event_parts: of the leads of an event's people, what came of each: one row a lead. "Reached" is
-- counted from the stage changes since the event began, so that it never shrinks.
SELECT lead.id AS lead_id,
       coalesce(bool_or(change.to_stage = %(accepted)s), false) AS accepted,
       coalesce(bool_or(change.to_stage = %(qualified)s), false) AS qualified,
       coalesce(bool_or(change.to_stage IN (%(won)s, %(customer)s)), false) AS won,
       standing.stage IN (%(raw)s, %(inquiry)s) AS waiting,
       standing.stage = %(nurturing)s AS nurturing,
       standing.stage IN (%(dormant)s, %(lost)s, %(disqualified)s) AS sleeping
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
  LEFT JOIN leads_stagechange change
    ON change.workspace_id = lead.workspace_id AND change.lead_id = lead.id
   AND change.happened_at >= %(since)s
 WHERE lead.workspace_id = %(workspace)s AND lead.id = ANY(%(leads)s)
 GROUP BY lead.id, standing.stage
