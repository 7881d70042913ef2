-- guests: everybody of an event once: what they did, by the touches of its campaign and the
-- check-ins that are not touches yet
WITH told AS (
    SELECT coalesce(contact_id, -lead_id) AS who,
           (array_agg(lead_id ORDER BY happened_at DESC, id DESC))[1] AS lead_id,
           max(contact_id) AS contact_id,
           bool_or(kind IN (6, 22)) AS registered, bool_or(kind IN (7, 23)) AS attended,
           bool_or(kind IN (8, 24)) AS missed, bool_or(kind = 9) AS met
      FROM leads_touch
     WHERE workspace_id = %(workspace)s::integer AND campaign_id = %(campaign)s::bigint
       AND kind IN (6, 7, 8, 9, 22, 23, 24)
     GROUP BY 1
), came AS (
    SELECT contact_id AS who, lead_id, contact_id, at, touch_id FROM intake_checkin
     WHERE workspace_id = %(workspace)s::integer AND event_id = %(event)s::bigint
)
SELECT coalesce(told.lead_id, came.lead_id) AS lead_id,
       coalesce(told.contact_id, came.contact_id) AS contact_id,
       coalesce(told.registered, false) AS registered,
       coalesce(told.attended, false) OR came.who IS NOT NULL AS attended,
       coalesce(told.missed, false) AS missed, coalesce(told.met, false) AS met,
       came.at AS checked_in_at, came.touch_id IS NULL AND came.who IS NOT NULL AS may_take_back,
       trim(contact.given_name || ' ' || contact.family_name) AS name, contact.email,
       account.name AS company, lead.title
  FROM told
  FULL JOIN came ON came.who = told.who
  JOIN leads_lead lead ON lead.workspace_id = %(workspace)s::integer
   AND lead.id = coalesce(told.lead_id, came.lead_id)
  LEFT JOIN leads_contact contact ON contact.workspace_id = %(workspace)s::integer
   AND contact.id = coalesce(told.contact_id, came.contact_id)
  LEFT JOIN leads_account account ON account.workspace_id = %(workspace)s::integer
   AND account.id = coalesce(contact.account_id, lead.account_id)
 WHERE %(words)s::text = '' OR position(%(words)s::text IN lower(concat_ws(' ',
       contact.given_name, contact.family_name, contact.email, account.name))) > 0
 ORDER BY contact.family_name, contact.given_name, lead.id
