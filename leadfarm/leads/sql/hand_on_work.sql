-- hand_on_work: what waits for somebody who has left goes to an owner of the lead who is here, of the
-- same side first; where none is, to the side. A file may name owners who are not here, and their
-- leads get work.
WITH gone AS MATERIALIZED (
    SELECT id FROM access_member
     WHERE workspace_id = %(workspace)s::integer AND left_at IS NOT NULL),
task AS (
    UPDATE leads_task task SET owner_id = (
           SELECT member.id
             FROM leads_lead lead
            CROSS JOIN LATERAL unnest(ARRAY[1, 2, 3],
                  ARRAY[lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id])
                  AS owner (side, id)
             JOIN access_member member ON member.workspace_id = lead.workspace_id
              AND member.id = owner.id AND member.left_at IS NULL
            WHERE lead.workspace_id = %(workspace)s::integer AND lead.id = task.lead_id
            ORDER BY owner.side = task.side DESC, owner.side = 2 DESC, owner.side DESC LIMIT 1)
     WHERE task.workspace_id = %(workspace)s::integer AND task.owner_id IN (SELECT id FROM gone)
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
    RETURNING task.id),
step AS (
    UPDATE leads_standing standing SET next_owner_id = (
           SELECT member.id
             FROM leads_lead lead
            CROSS JOIN LATERAL unnest(ARRAY[1, 2, 3],
                  ARRAY[lead.marketing_owner_id, lead.pd_owner_id, lead.sales_owner_id])
                  AS owner (side, id)
             JOIN access_member member ON member.workspace_id = lead.workspace_id
              AND member.id = owner.id AND member.left_at IS NULL
            WHERE lead.workspace_id = %(workspace)s::integer AND lead.id = standing.lead_id
            ORDER BY owner.side = standing.next_side DESC, owner.side = 2 DESC, owner.side DESC
            LIMIT 1)
     WHERE standing.workspace_id = %(workspace)s::integer
       AND standing.next_owner_id IN (SELECT id FROM gone)
    RETURNING standing.lead_id)
SELECT (SELECT count(*) FROM task) AS tasks, (SELECT count(*) FROM step) AS steps
