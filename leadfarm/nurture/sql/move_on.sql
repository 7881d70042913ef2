-- move_on: whoever stands at these steps of older versions goes on at a step of the newest. At the
-- same step (`stays`) everything is kept: what is left to wait, the task, what was heard. At another
-- one they begin when the rest of their wait is over; an open task is withdrawn and the lead is the
-- program's again. Who has just answered stays behind: the old version still has a way for that.
WITH plan AS (
    SELECT * FROM unnest(%(from_nodes)s::bigint[], %(to_nodes)s::bigint[], %(stays)s::boolean[])
        AS plan (from_id, to_id, stays)),
moving AS MATERIALIZED (
    SELECT enrolment.id, enrolment.lead_id, enrolment.node_id, plan.to_id, plan.stays,
           node.kind = 4 AND enrolment.waiting AND NOT plan.stays AS leaves_task
      FROM nurture_enrolment enrolment
      JOIN plan ON plan.from_id = enrolment.node_id
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = plan.from_id
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.program_id = %(program)s
       AND enrolment.state IN (1, 2, 3)
       AND (plan.stays OR enrolment.heard IS NULL AND NOT EXISTS (
         SELECT FROM leads_task answered
          WHERE answered.workspace_id = %(workspace)s AND answered.lead_id = enrolment.lead_id
            AND answered.enrolment_id = enrolment.id AND answered.done_at IS NOT NULL
            AND answered.handed_on_at IS NULL))
       FOR UPDATE OF enrolment),
withdrawn AS (
    UPDATE leads_task task SET cancelled_at = %(now)s FROM moving
     WHERE moving.leaves_task AND task.workspace_id = %(workspace)s
       AND task.lead_id = moving.lead_id AND task.enrolment_id = moving.id
       AND task.done_at IS NULL AND task.cancelled_at IS NULL
    RETURNING task.id, task.lead_id, task.enrolment_id),
stood AS (
    UPDATE leads_standing standing
       SET next_kind = 2, enrolment_id = withdrawn.enrolment_id, task_id = NULL, next_at = NULL,
           next_side = 1, whose_move = 1, next_owner_id = lead.marketing_owner_id,
           next_why = left('Program "' || %(name)s || '"', 200)
      FROM withdrawn
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = withdrawn.lead_id
     WHERE standing.workspace_id = %(workspace)s AND standing.lead_id = withdrawn.lead_id
       AND standing.task_id = withdrawn.id AND standing.stage <= 3),
moved AS (
    UPDATE nurture_enrolment enrolment
       SET node_id = moving.to_id, version_id = %(version)s, moved = true,
           waiting = enrolment.waiting AND moving.stays,
           wake_at = CASE WHEN moving.leaves_task THEN %(now)s ELSE enrolment.wake_at END,
           since = CASE WHEN moving.stays THEN enrolment.since ELSE %(now)s END,
           steps = enrolment.steps + 1
      FROM moving WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = moving.id
    RETURNING enrolment.id, enrolment.steps, moving.node_id),
logged AS (
    INSERT INTO nurture_steplog (workspace_id, enrolment_id, number, node_id, at, way)
    SELECT %(workspace)s, id, steps, node_id, %(now)s, 'newer version' FROM moved)
SELECT count(*) FROM moved
