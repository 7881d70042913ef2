-- wait_over: each enrolment whose wait is over goes on to the next step
WITH {due},
chosen AS (SELECT id, node_id, 'next' AS way FROM due),
{going}
SELECT count(*) FROM moved
