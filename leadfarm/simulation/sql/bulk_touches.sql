-- bulk_touches: the timeline of each of these leads: mostly machines, one in seven by a human hand
INSERT INTO leads_touch (workspace_id, lead_id, contact_id, kind, by_machine, happened_at,
                         known_at, recorded_at, disposition, minutes, member_id)
SELECT %(workspace)s, lead.id, lead.contact_id, kind.code, kind.code <> 45, moment.at,
       moment.at, moment.at, CASE WHEN kind.code = 45 THEN 1 + t %% 7 END,
       CASE WHEN kind.code = 45 THEN 3 + t %% 12 END,
       CASE WHEN kind.code = 45 THEN lead.pd_owner_id END
  FROM leads_lead lead
 CROSS JOIN generate_series(0, %(touches)s - 1) t
 CROSS JOIN LATERAL (SELECT (ARRAY[3, 41, 42, 4, 41, 42, 45])[1 + t %% 7] AS code) kind
 CROSS JOIN LATERAL (SELECT lead.entered_at + (%(now)s::timestamptz - lead.entered_at)
                            * (t::float8 / %(touches)s) AS at) moment
 WHERE lead.workspace_id = %(workspace)s AND lead.external_id = ANY(%(names)s)
 ORDER BY moment.at
