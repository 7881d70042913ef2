-- listen_begin: from now on an event may wake it; what came since it entered the step counts too
WITH {due},
ends AS (SELECT * FROM unnest(%(of_nodes)s::bigint[], %(zones)s::text[], %(ends_at)s::timestamptz[])
                    AS ends (node_id, zone, at)),
begun AS (
    UPDATE nurture_enrolment enrolment SET waiting = true, heard = early.kind,
           wake_at = CASE WHEN early.kind IS NULL THEN ends.at ELSE %(now)s END
      FROM due
      JOIN nurture_node node ON node.workspace_id = %(workspace)s AND node.id = due.node_id
      LEFT JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id
      JOIN ends ON ends.node_id = due.node_id AND ends.zone = coalesce(contact.time_zone, '')
      LEFT JOIN LATERAL ({early}) early ON true
     WHERE enrolment.workspace_id = %(workspace)s AND enrolment.id = due.id
    RETURNING enrolment.id)
SELECT count(*) FROM begun
