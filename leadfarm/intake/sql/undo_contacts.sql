-- undo_contacts: people the import brought, whom nothing else knows
DELETE FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.recorded_at = %(at)s
   AND NOT EXISTS (SELECT FROM leads_lead lead WHERE lead.workspace_id = contact.workspace_id
                      AND lead.contact_id = contact.id)
   AND NOT EXISTS (SELECT FROM leads_groupmember member
                    WHERE member.workspace_id = contact.workspace_id
                      AND member.contact_id = contact.id
                      AND member.added_at IS DISTINCT FROM %(at)s)
