-- mark_no_shows: everybody who had registered for an event, and neither came nor is marked already
INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, contact_id, happened_at, known_at,
                         recorded_at, member_id, campaign_id)
SELECT %(workspace)s::integer, %(no_show)s::smallint, false, guest.lead_id, guest.contact_id,
       %(happened_at)s::timestamptz, %(now)s::timestamptz, %(now)s::timestamptz,
       %(member)s::bigint, %(campaign)s::bigint
  FROM (
    SELECT DISTINCT ON (coalesce(contact_id, -lead_id)) lead_id, contact_id FROM leads_touch
     WHERE workspace_id = %(workspace)s::integer AND campaign_id = %(campaign)s::bigint
       AND kind IN (6, 7, 8, 9, 22, 23, 24) AND kind = ANY(%(registered)s::smallint[])
     ORDER BY coalesce(contact_id, -lead_id), happened_at DESC
  ) guest
 WHERE NOT EXISTS (
    SELECT FROM leads_touch settled
     WHERE settled.workspace_id = %(workspace)s::integer
       AND settled.campaign_id = %(campaign)s::bigint
       AND settled.kind IN (6, 7, 8, 9, 22, 23, 24)
       AND settled.kind = ANY(%(settled)s::smallint[])
       AND settled.contact_id IS NOT DISTINCT FROM guest.contact_id
       AND (guest.contact_id IS NOT NULL OR settled.lead_id = guest.lead_id))
   AND NOT EXISTS (
    SELECT FROM intake_checkin came
     WHERE came.workspace_id = %(workspace)s::integer AND came.event_id = %(event)s::bigint
       AND came.contact_id = guest.contact_id)
RETURNING id
