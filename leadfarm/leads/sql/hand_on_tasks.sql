-- hand_on_tasks: what a member still had to do on other people's leads goes to the owner of the lead
-- on that side, else to another of its owners; next steps follow.
WITH task AS (
    UPDATE leads_task task SET owner_id = (
           SELECT coalesce(CASE task.side WHEN 1 THEN lead.marketing_owner_id
                                          WHEN 2 THEN lead.pd_owner_id
                                          WHEN 3 THEN lead.sales_owner_id END,
                           lead.pd_owner_id, lead.sales_owner_id, lead.marketing_owner_id)
             FROM leads_lead lead
            WHERE lead.workspace_id = task.workspace_id AND lead.id = task.lead_id)
     WHERE task.workspace_id = %(workspace)s::integer AND task.owner_id = %(gone)s::bigint
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
    RETURNING task.id),
followed AS (
    UPDATE leads_standing standing SET next_owner_id = (
           SELECT coalesce(CASE standing.next_side WHEN 1 THEN lead.marketing_owner_id
                                                   WHEN 2 THEN lead.pd_owner_id
                                                   WHEN 3 THEN lead.sales_owner_id END,
                           lead.pd_owner_id, lead.sales_owner_id, lead.marketing_owner_id)
             FROM leads_lead lead
            WHERE lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id)
     WHERE standing.workspace_id = %(workspace)s::integer
       AND standing.next_owner_id = %(gone)s::bigint
    RETURNING standing.lead_id)
SELECT (SELECT count(*) FROM task) AS tasks, (SELECT count(*) FROM followed) AS steps
