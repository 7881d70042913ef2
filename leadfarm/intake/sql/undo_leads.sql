-- undo_leads: the leads an import opened go, with everything that hangs on them
DELETE FROM leads_lead lead
 WHERE lead.workspace_id = %(workspace)s AND lead.import_id = %(run)s
   AND NOT lead.id = ANY(%(kept)s)
