-- capture: everything one inbound touch leaves, in one statement: where %(lead)s is empty the lead
-- with its standing, first stage change and search words; the touch, what was said, the payload as
-- it came with its receipt (or the receipt that waited, now captured); the greeting, where one is
-- due, as the lead's next step; the place in the buying group
WITH opened AS (
    INSERT INTO leads_lead (workspace_id, account_id, contact_id, external_id, title, need,
                            source_id, campaign_id, origin, previous_lead_id, marketing_owner_id,
                            pd_owner_id, sales_owner_id, firm_id, entered_at, known_at,
                            recorded_at)
    SELECT %(workspace)s::integer, %(account)s::bigint, %(contact)s::bigint,
           %(external_id)s::text, %(title)s, %(need)s, %(source)s::bigint, %(campaign)s::bigint,
           %(origin)s::smallint, %(previous)s::bigint, %(marketing)s::bigint, %(pd)s::bigint,
           %(sales)s::bigint, %(firm)s::bigint, %(happened)s::timestamptz, %(known)s::timestamptz,
           %(now)s::timestamptz
     WHERE %(lead)s::bigint IS NULL
    RETURNING id),
it AS (SELECT coalesce(%(lead)s::bigint, (SELECT id FROM opened)) AS id),
made AS (
    INSERT INTO leads_task (workspace_id, kind, lead_id, owner_id, team_id, side, why, script,
                            made_at, due_at, attempt, step_key)
    SELECT %(workspace)s::integer, %(task_kind)s::smallint, it.id, %(next_owner)s::bigint,
           %(team)s::bigint, %(side)s::smallint, %(why)s, '', %(now)s::timestamptz,
           %(next_at)s::timestamptz, 1, '' FROM it WHERE %(task_kind)s::smallint IS NOT NULL
    RETURNING id),
stood AS (
    INSERT INTO leads_standing (workspace_id, lead_id, stage, stage_since, whose_move, next_kind,
                                next_side, next_owner_id, next_why, next_at, task_id,
                                closed_because, heat)
    SELECT %(workspace)s::integer, opened.id, %(stage)s::smallint, %(happened)s::timestamptz,
           %(side)s::smallint, CASE WHEN made.id IS NULL THEN 3 ELSE 1 END, %(side)s::smallint,
           %(next_owner)s::bigint, %(why)s, %(next_at)s::timestamptz, made.id, '',
           %(heat)s::float8 FROM opened LEFT JOIN made ON true),
warmed AS (
    UPDATE leads_standing SET heat = %(heat)s::float8
     WHERE workspace_id = %(workspace)s::integer AND lead_id = %(lead)s::bigint
       AND %(task_kind)s::smallint IS NULL),
greeted AS (
    UPDATE leads_standing
       SET heat = %(heat)s::float8, whose_move = %(side)s::smallint, next_kind = 1,
           next_side = %(side)s::smallint, next_owner_id = %(next_owner)s::bigint,
           next_why = %(why)s, next_at = %(next_at)s::timestamptz, task_id = made.id,
           enrolment_id = NULL
      FROM made WHERE workspace_id = %(workspace)s::integer AND lead_id = %(lead)s::bigint),
changed AS (
    INSERT INTO leads_stagechange (workspace_id, lead_id, to_stage, origin, happened_at, known_at,
                                   recorded_at, actor_kind, member_id, because)
    SELECT %(workspace)s::integer, id, %(stage)s::smallint, %(origin)s::smallint,
           %(happened)s::timestamptz, %(known)s::timestamptz, %(now)s::timestamptz, %(actor)s,
           %(member)s::bigint, %(because)s FROM opened),
assigned AS (
    INSERT INTO leads_assignment (workspace_id, lead_id, recorded_at, actor_kind, member_id, reasons)
    SELECT %(workspace)s::integer, id, %(now)s::timestamptz, %(actor)s, %(member)s::bigint,
           %(reasons)s::jsonb FROM opened WHERE %(reasons)s::jsonb <> '{}'),
owning AS (
    SELECT member_id, 4::smallint AS kind, opened.id AS subject_id,
           %(now)s::timestamptz AS happened_at, 1 AS many
      FROM opened, unnest(%(told)s::bigint[]) AS member_id),
told AS ({telling}),
found AS (
    INSERT INTO leads_searchword (workspace_id, word, lead_id)
    SELECT %(workspace)s::integer, word, opened.id
      FROM opened, unnest(%(words)s::text[]) AS word),
touched AS (
    INSERT INTO leads_touch (workspace_id, kind, by_machine, lead_id, contact_id,
                             happened_at, known_at, recorded_at, member_id, campaign_id, heat_after)
    SELECT %(workspace)s::integer, %(kind)s::smallint,
           %(by_machine)s::boolean, it.id, %(contact)s::bigint, %(happened)s::timestamptz,
           %(known)s::timestamptz, %(now)s::timestamptz, %(member)s::bigint, %(campaign)s::bigint,
           CASE WHEN NOT %(by_machine)s::boolean THEN %(heat)s::float8 END FROM it
    RETURNING id),
said AS (
    INSERT INTO leads_personaltext (workspace_id, kind, lead_id, contact_id, touch_id, author_id,
                                    body, pinned, written_at)
    SELECT %(workspace)s::integer, 'said', it.id, %(contact)s::bigint, touched.id,
           %(member)s::bigint, %(said)s, false, %(happened)s::timestamptz
      FROM it, touched WHERE %(said)s::text <> ''),
kept AS (
    INSERT INTO leads_personaltext (workspace_id, kind, lead_id, contact_id, touch_id, body, pinned,
                                    written_at, delete_on)
    SELECT %(workspace)s::integer, 'payload', it.id, %(contact)s::bigint, touched.id, %(payload)s,
           false, %(received)s::timestamptz, %(delete_on)s::date
      FROM it, touched WHERE %(receipt)s::bigint IS NULL
    RETURNING id),
received AS (
    INSERT INTO intake_receipt (workspace_id, door, key, form_id, endpoint_id, mailbox_id,
                                received_at, state, reasons, lead_id, contact_id, touch_id,
                                payload_id, matched_by, opening, consent_wording)
    SELECT %(workspace)s::integer, %(door)s::smallint, %(key)s::text, %(form)s::bigint,
           %(endpoint)s::bigint, %(mailbox)s::bigint, %(received)s::timestamptz, 1, '{}', it.id,
           %(contact)s::bigint, touched.id, kept.id, %(matched_by)s::smallint,
           %(opening)s::smallint, %(wording)s::text
      FROM it, touched, kept
    RETURNING id),
released AS (
    UPDATE intake_receipt receipt
       SET state = 1, reasons = '{}', dismissed_at = NULL, dismissed_by_id = NULL, lead_id = it.id,
           contact_id = %(contact)s::bigint, touch_id = touched.id,
           matched_by = %(matched_by)s::smallint, opening = %(opening)s::smallint,
           consent_wording = %(wording)s::text
      FROM it, touched
     WHERE receipt.workspace_id = %(workspace)s::integer AND receipt.id = %(receipt)s::bigint
    RETURNING receipt.payload_id),
claimed AS (
    UPDATE leads_personaltext payload
       SET lead_id = it.id, contact_id = %(contact)s::bigint, touch_id = touched.id,
           delete_on = %(delete_on)s::date
      FROM it, touched, released
     WHERE payload.workspace_id = %(workspace)s::integer AND payload.id = released.payload_id),
grouped AS (
    INSERT INTO leads_groupmember (workspace_id, lead_id, contact_id, added_at)
    SELECT %(workspace)s::integer, it.id, %(contact)s::bigint, %(now)s::timestamptz
      FROM it WHERE %(joins_group)s::boolean
        ON CONFLICT DO NOTHING),
named AS (
    UPDATE leads_lead lead
       SET need = CASE WHEN lead.need = '' THEN %(need)s::text ELSE lead.need END,
           external_id = coalesce(lead.external_id, %(external_id)s::text)
     WHERE workspace_id = %(workspace)s::integer AND id = %(lead)s::bigint
       AND ((lead.need = '' AND %(need)s::text <> '')
            OR (lead.external_id IS NULL AND %(external_id)s::text IS NOT NULL)))
SELECT it.id AS lead_id, touched.id AS touch_id,
       coalesce(%(receipt)s::bigint, (SELECT id FROM received)) AS receipt_id
  FROM it, touched
