-- touches_there: touches of these leads at these instants that other files or people have recorded;
-- of registrations, those of this file too
SELECT touch.lead_id, touch.kind, touch.happened_at
  FROM leads_touch touch
 WHERE touch.workspace_id = %(workspace)s AND touch.lead_id = ANY(%(leads)s)
   AND touch.happened_at = ANY(%(instants)s)
   AND (touch.ref IS DISTINCT FROM %(run)s OR touch.kind = %(registered)s)
