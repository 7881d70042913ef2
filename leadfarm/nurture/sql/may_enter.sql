-- may_enter: of these leads, how many there are, how many are in the program already, and how many
-- are not whom the program is for; the rest can enter
SELECT count(*), count(*) FILTER (WHERE {stages} AND mine.is_in),
       count(*) FILTER (WHERE NOT ({stages}))
  FROM leads_lead lead
  JOIN leads_standing standing
    ON standing.workspace_id = %(workspace)s AND standing.lead_id = lead.id
  LEFT JOIN LATERAL (
    SELECT true AS is_in FROM nurture_enrolment enrolment
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.lead_id = lead.id
       AND enrolment.program_id = %(program)s AND enrolment.state IN (1, 2, 3) LIMIT 1) mine ON true
 WHERE lead.workspace_id = %(workspace)s AND {who}
