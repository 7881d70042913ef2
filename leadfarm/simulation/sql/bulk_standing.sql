-- bulk_standing: where each of these leads stands; one in ten of the open ones has a task
WITH made AS (
    SELECT lead.id, substr(lead.external_id, 3)::bigint AS n, lead.entered_at, lead.pd_owner_id,
           lead.contact_id, lead.account_id, lead.title, lead.external_id,
           (%(stages)s::int[])[1 + substr(lead.external_id, 3)::bigint
                               %% cardinality(%(stages)s::int[])] AS stage
      FROM leads_lead lead
     WHERE lead.workspace_id = %(workspace)s AND lead.external_id = ANY(%(names)s)),
tasks AS (
    INSERT INTO leads_task (workspace_id, lead_id, owner_id, side, kind, why, script, made_at, due_at,
                            attempt, step_key)
    SELECT %(workspace)s, id, pd_owner_id, 2, 1 + n %% 4, 'Ask how the plans stand', '', entered_at,
           %(now)s::timestamptz + ((n * 53 %% 4320) - 1000) * interval '10 minutes', 1, ''
      FROM made WHERE stage <= 6 AND n %% 10 = 3
    RETURNING id, lead_id, owner_id, due_at),
changes AS (
    INSERT INTO leads_stagechange (workspace_id, lead_id, from_stage, to_stage, origin, happened_at,
                                   known_at, recorded_at, actor_kind, because)
    SELECT %(workspace)s, id, passed.before, passed.stage, 2, entered_at + passed.after, %(now)s,
           %(now)s, 'import', 'Told by a file'
      FROM made CROSS JOIN LATERAL (
        SELECT NULL::int AS before, 2 AS stage, interval '0' AS after
        UNION ALL SELECT 2, made.stage, interval '20 days' WHERE made.stage <> 2) passed),
words AS (
    INSERT INTO leads_searchword (workspace_id, lead_id, word)
    SELECT DISTINCT %(workspace)s, made.id, word
      FROM made
      JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = made.contact_id
      JOIN leads_account account
        ON account.workspace_id = %(workspace)s AND account.id = made.account_id
     CROSS JOIN LATERAL regexp_split_to_table(lower(concat_ws(
        ' ', made.title, made.external_id, contact.given_name, contact.family_name, contact.email,
        substr(contact.phone_key, 2), substr(contact.phone_key, 4), account.name, account.domain
        )), '[^a-z0-9]+') word
     WHERE length(word) > 1)
INSERT INTO leads_standing (workspace_id, lead_id, stage, stage_since, whose_move, next_kind, next_side,
                            next_owner_id, next_why, next_at, task_id, recheck_rule, recheck_on,
                            closed_because, heat, fit)
SELECT %(workspace)s, made.id, made.stage, made.entered_at + interval '20 days', 2,
       CASE WHEN stage > 6 THEN NULL WHEN tasks.id IS NULL THEN 3 ELSE 1 END,
       CASE WHEN stage <= 6 THEN 2 END, CASE WHEN stage <= 6 THEN made.pd_owner_id END,
       CASE WHEN stage <= 6 THEN 'Ask how the plans stand' ELSE '' END,
       CASE WHEN stage <= 6 THEN coalesce(tasks.due_at, %(now)s::timestamptz + n %% 90 * interval '1 day')
       END, tasks.id, CASE WHEN stage >= 11 THEN 1 END,
       CASE WHEN stage >= 11 THEN (%(now)s::timestamptz + n %% 300 * interval '1 day')::date END,
       CASE WHEN stage >= 11 THEN 'timing' ELSE '' END,
       CASE WHEN n %% 5 > 0 THEN %(warmth)s - (n * 193 %% 2000) / 100.0 END, n * 29 %% 101
  FROM made LEFT JOIN tasks ON tasks.lead_id = made.id
