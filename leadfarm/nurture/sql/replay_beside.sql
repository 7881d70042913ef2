-- replay_beside: these leads, and every other lead of their contacts: consent and the quiet window
-- are a contact's
SELECT id FROM leads_lead
 WHERE workspace_id = %(workspace)s
   AND (id = ANY(%(leads)s::bigint[]) OR contact_id = ANY(%(contacts)s::bigint[]))
 ORDER BY id
