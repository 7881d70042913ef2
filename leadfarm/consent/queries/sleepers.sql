-- sleepers: people all of whose leads sleep and to whom nothing has happened since, longest first.
-- Whoever still has a part in a lead that is open, or asked to be erased already, is none of them.
WITH asleep AS (
    SELECT lead.contact_id, max(lead.entered_at) AS entered_at
      FROM leads_standing standing
      JOIN leads_lead lead
        ON lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id
     WHERE standing.workspace_id = %(workspace)s AND standing.stage = ANY(%(sleeping)s)
       AND standing.stage_since < %(before)s AND lead.contact_id IS NOT NULL
       AND (%(only)s::bigint[] IS NULL OR lead.contact_id = ANY(%(only)s))
     GROUP BY lead.contact_id
)
SELECT contact.id, trim(contact.given_name || ' ' || contact.family_name) AS name,
       contact.email, greatest(asleep.entered_at, touched.last) AS last
  FROM asleep
  JOIN leads_contact contact
    ON contact.workspace_id = %(workspace)s AND contact.id = asleep.contact_id
  LEFT JOIN LATERAL (
      SELECT max(touch.happened_at) AS last
        FROM leads_lead lead
        JOIN leads_touch touch
          ON touch.workspace_id = lead.workspace_id AND touch.lead_id = lead.id
       WHERE lead.workspace_id = %(workspace)s AND lead.contact_id = contact.id) touched ON true
 WHERE contact.erased_at IS NULL
   AND greatest(asleep.entered_at, touched.last) < %(before)s
   AND NOT EXISTS (
       SELECT FROM leads_lead lead
         JOIN leads_standing standing
           ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
        WHERE lead.workspace_id = %(workspace)s
          AND (standing.stage <> ALL(%(sleeping)s) OR standing.stage_since >= %(before)s)
          AND (lead.contact_id = contact.id OR lead.id IN (
              SELECT part.lead_id FROM leads_groupmember part
               WHERE part.workspace_id = %(workspace)s AND part.contact_id = contact.id)))
   AND NOT EXISTS (
       SELECT FROM consent_privacyrequest asked
        WHERE asked.workspace_id = %(workspace)s AND asked.contact_id = contact.id
          AND asked.kind = %(erasure)s AND asked.state = ANY(%(under_way)s))
 ORDER BY last, contact.id
 LIMIT %(most)s
