-- away: whoever is away gets the next message, and the end of a wait, no sooner than they are back.
-- What woke it already (heard) goes on: they did something meanwhile.
UPDATE nurture_enrolment enrolment
   SET wake_at = %(until)s
  FROM nurture_node node
 WHERE enrolment.workspace_id = %(workspace)s AND enrolment.contact_id = %(contact)s
   AND enrolment.state = %(active)s AND enrolment.wake_at < %(until)s AND enrolment.heard IS NULL
   AND node.workspace_id = enrolment.workspace_id AND node.id = enrolment.node_id
   AND node.kind = ANY(%(kinds)s)
