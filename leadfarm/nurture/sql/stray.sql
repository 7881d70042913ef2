-- stray: a lead whose next step points to a program it has left is looked at by marketing. Two
-- programs left in the same instant, each pointing to the other, are the one way to come here.
WITH found AS (
    UPDATE leads_standing standing
       SET next_kind = 3, enrolment_id = NULL, task_id = NULL, next_at = %(now)s,
           next_why = 'Left its programs: look at it again'
      FROM nurture_enrolment enrolment
     WHERE standing.workspace_id = %(workspace)s AND standing.next_kind = 2
       AND (%(leads)s::bigint[] IS NULL OR standing.lead_id = ANY(%(leads)s::bigint[]))
       AND enrolment.workspace_id = %(workspace)s AND enrolment.id = standing.enrolment_id
       AND enrolment.state > 3
    RETURNING standing.lead_id)
SELECT count(*) FROM found
