-- zones_due: which steps are begun in which time zones now
WITH {due}
SELECT DISTINCT due.node_id, coalesce(contact.time_zone, '') AS zone
  FROM due LEFT JOIN leads_contact contact
    ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id
