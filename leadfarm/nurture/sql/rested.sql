-- rested: whose rest is over goes on, with what was left to wait; all whose day has come, or one.
-- Who was heard in the meantime goes on at once. In a program that is paused they stay, and what it
-- was paused for is added when it runs again.
WITH over AS (
    UPDATE nurture_pause SET over_at = %(now)s
     WHERE workspace_id = %(workspace)s AND over_at IS NULL
       AND CASE WHEN %(enrolment)s::bigint IS NULL THEN until <= %(now)s
                ELSE enrolment_id = %(enrolment)s END
    RETURNING enrolment_id, began_at),
back AS (
    UPDATE nurture_enrolment enrolment
       SET state = CASE WHEN program.paused_at IS NULL THEN 2 ELSE 3 END,
           wake_at = CASE WHEN enrolment.heard IS NOT NULL THEN enrolment.wake_at
                          ELSE enrolment.wake_at + (coalesce(program.paused_at, %(now)s)
                                                    - over.began_at) END
      FROM over, nurture_program program
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = over.enrolment_id
       AND enrolment.state = 3
       AND program.workspace_id = %(workspace)s AND program.id = enrolment.program_id
    RETURNING enrolment.id)
SELECT count(*) FROM back
