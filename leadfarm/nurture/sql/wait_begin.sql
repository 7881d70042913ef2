-- wait_begin: a wait that follows the calendar ends at an hour of the contact's time zone, which
-- is the same for all who begin it now: `ends` brings one row for each step and zone
WITH {due},
ends AS (SELECT * FROM unnest(%(of_nodes)s::bigint[], %(zones)s::text[], %(ends_at)s::timestamptz[])
                    AS ends (node_id, zone, at)),
begun AS (
    UPDATE nurture_enrolment enrolment SET waiting = true, wake_at = ends.at, since = %(now)s
      FROM due LEFT JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id
      JOIN ends ON ends.node_id = due.node_id AND ends.zone = coalesce(contact.time_zone, '')
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = due.id
    RETURNING enrolment.id)
SELECT count(*) FROM begun
