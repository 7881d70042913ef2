-- arrivals: takes a batch of the leads something human happened to, and forgets them
DELETE FROM nurture_arrival
 WHERE workspace_id = %(workspace)s AND lead_id IN (
    SELECT lead_id FROM nurture_arrival WHERE workspace_id = %(workspace)s
     ORDER BY lead_id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING lead_id
