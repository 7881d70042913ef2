-- replay_chosen: the enrolments a replay lives through again, at most so many leads, the latest to
-- enter first; and how many leads there were to choose from. `fresh` leaves out who was inside
-- before the period began.
WITH found AS (
    SELECT id, lead_id, contact_id, entered_at FROM nurture_enrolment
     WHERE workspace_id = %(workspace)s AND program_id = %(program)s AND entered_at < %(until)s
       AND CASE WHEN %(fresh)s THEN entered_at >= %(begin)s
                ELSE ended_at IS NULL OR ended_at >= %(begin)s END),
chosen AS (
    SELECT lead_id FROM found GROUP BY lead_id ORDER BY max(entered_at) DESC, lead_id
     LIMIT %(most)s)
SELECT found.id, found.lead_id, found.contact_id, found.entered_at,
       (SELECT count(DISTINCT lead_id) FROM found)
  FROM found JOIN chosen USING (lead_id) ORDER BY found.id
