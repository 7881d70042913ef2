-- update: a step that sets something on the lead: a stage it may move to, an owner, a finding
WITH {due},
plan AS (
    SELECT * FROM unnest(%(of_nodes)s::bigint[], %(whys)s::text[], %(owner_sides)s::smallint[],
                         %(owners)s::bigint[], %(sections)s::smallint[], %(fields)s::text[],
                         %(values)s::text[], %(from_stages)s::int[], %(to_stages)s::int[])
        AS plan (node_id, why, owner_side, owner_id, section, field, value, from_stage, to_stage)),
set_owner AS (
    UPDATE leads_lead lead
       SET marketing_owner_id = CASE owner_side WHEN 1 THEN owner_id ELSE marketing_owner_id END,
           pd_owner_id = CASE owner_side WHEN 2 THEN owner_id ELSE pd_owner_id END,
           sales_owner_id = CASE owner_side WHEN 3 THEN owner_id ELSE sales_owner_id END
      FROM due JOIN plan USING (node_id)
     WHERE plan.owner_side IS NOT NULL
       AND lead.workspace_id = %(workspace)s AND lead.id = due.lead_id),
told AS MATERIALIZED (
    SELECT lead_id, section, field, value,
           nextval((SELECT pg_get_serial_sequence('leads_personaltext', 'id')::regclass)) AS text_id
      FROM due JOIN plan USING (node_id) WHERE section IS NOT NULL),
worded AS (
    INSERT INTO leads_personaltext (workspace_id, id, kind, lead_id, body, pinned, written_at)
    SELECT %(workspace)s, text_id, 'finding', lead_id, value, false, %(now)s FROM told),
learnt AS (
    INSERT INTO leads_finding (workspace_id, lead_id, section, field, thread, text_id, in_words,
                               withdrawn, confidence, source, happened_at, known_at, recorded_at)
    SELECT %(workspace)s, lead_id, section, field, 0, text_id, true, false, 2, 'program',
           %(now)s, %(now)s, %(now)s
      FROM told),
raw AS (
    SELECT standing.lead_id, standing.stage, plan.why, plan.to_stage
      FROM due JOIN plan USING (node_id)
      JOIN leads_standing standing
        ON standing.workspace_id = %(workspace)s AND standing.lead_id = due.lead_id
     WHERE standing.stage BETWEEN plan.from_stage AND plan.to_stage - 1 FOR UPDATE OF standing),
nurtured AS (
    UPDATE leads_standing standing SET stage = raw.to_stage, stage_since = %(now)s
      FROM raw WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = raw.lead_id),
changed AS (
    INSERT INTO leads_stagechange (workspace_id, lead_id, from_stage, to_stage, origin, happened_at,
                                   known_at, recorded_at, actor_kind, because)
    SELECT %(workspace)s, lead_id, stage, to_stage, 1, %(now)s, %(now)s, %(now)s, 'program', why FROM raw),
chosen AS (SELECT id, node_id, 'next' AS way FROM due),
{going}
SELECT count(*) FROM moved
