-- assign: one side of many leads goes to other people, each with the open tasks and the next step of
-- whoever had it before on that side, and with the reason. A firm that worked this side is taken
-- off it, with all that its people had to do. The reason keeps who had it, to be taken back.
-- Whoever gets some is told how many, once for the whole act.
WITH wanted AS (
    SELECT * FROM unnest(%(leads)s::bigint[], %(owners)s::bigint[], %(firms)s::bigint[],
                         %(reasons)s::text[]) AS wanted (lead, owner, firm, reasons)),
before AS (
    SELECT lead.id, lead.firm_id, lead.{column} AS owner, wanted.owner AS now_owner,
           CASE WHEN wanted.firm IS NULL AND firm.side IS DISTINCT FROM %(side)s::smallint
                THEN lead.firm_id ELSE wanted.firm END AS now_firm, wanted.reasons
      FROM wanted JOIN leads_lead lead ON lead.workspace_id = %(workspace)s::integer
       AND lead.id = wanted.lead
      LEFT JOIN access_team firm ON firm.workspace_id = lead.workspace_id AND firm.id = lead.firm_id
     ORDER BY lead.id FOR NO KEY UPDATE OF lead),
it AS (
    SELECT * FROM before
     WHERE owner IS DISTINCT FROM now_owner OR firm_id IS DISTINCT FROM now_firm),
gone AS (
    SELECT it.id AS lead, member.id FROM it JOIN access_member member
        ON member.workspace_id = %(workspace)s::integer AND member.firm_id = it.firm_id
     WHERE it.firm_id IS DISTINCT FROM it.now_firm),
changed AS (
    UPDATE leads_lead lead SET {column} = it.now_owner, firm_id = it.now_firm
      FROM it WHERE lead.workspace_id = %(workspace)s::integer AND lead.id = it.id
    RETURNING lead.id),
handed AS (
    UPDATE leads_task task SET owner_id = it.now_owner
      FROM it WHERE task.workspace_id = %(workspace)s::integer AND task.lead_id = it.id
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
       AND (task.side = %(side)s::smallint
            AND (task.owner_id = it.owner OR task.owner_id IS NULL AND task.team_id IS NULL)
            OR task.owner_id IN (SELECT one.id FROM gone one WHERE one.lead = it.id))),
followed AS (
    UPDATE leads_standing standing SET next_owner_id = it.now_owner
      FROM it WHERE standing.workspace_id = %(workspace)s::integer AND standing.lead_id = it.id
       AND (standing.next_side = %(side)s::smallint
            AND (standing.next_owner_id = it.owner OR standing.next_owner_id IS NULL
                 AND NOT EXISTS (SELECT FROM leads_task task
                                  WHERE task.workspace_id = standing.workspace_id
                                    AND task.id = standing.task_id AND task.team_id IS NOT NULL))
            OR standing.next_owner_id IN (SELECT one.id FROM gone one WHERE one.lead = it.id))),
owning AS (
    SELECT now_owner AS member_id, 4::smallint AS kind, min(id) AS subject_id,
           %(now)s::timestamptz AS happened_at, count(*)::integer AS many
      FROM it WHERE owner IS DISTINCT FROM now_owner AND now_owner IS NOT NULL
       AND now_owner IS DISTINCT FROM %(member)s::bigint GROUP BY now_owner),
told AS ({telling}),
kept AS (
    INSERT INTO leads_assignment (workspace_id, lead_id, recorded_at, actor_kind, member_id, reasons)
    SELECT %(workspace)s::integer, it.id, %(now)s::timestamptz, %(actor)s, %(member)s::bigint,
           jsonb_build_object(%(slug)s::text, it.reasons::jsonb || jsonb_strip_nulls(
               jsonb_build_object('to', it.now_owner, 'was', it.owner, 'was_firm', it.firm_id)))
      FROM it ORDER BY it.id)
SELECT count(*) AS many FROM changed
