-- undo_contacts: people the import brought, whom nothing else knows: no lead, no touch on another's
-- lead, no proof of what they agreed to or asked of us, no merge that may be undone
DELETE FROM leads_contact contact
 WHERE contact.workspace_id = %(workspace)s AND contact.recorded_at = %(at)s
   AND NOT EXISTS (SELECT FROM leads_lead lead WHERE lead.workspace_id = contact.workspace_id
                      AND lead.contact_id = contact.id)
   AND NOT EXISTS (SELECT FROM leads_groupmember member
                    WHERE member.workspace_id = contact.workspace_id
                      AND member.contact_id = contact.id
                      AND member.added_at IS DISTINCT FROM %(at)s)
   AND NOT EXISTS (SELECT FROM leads_touch touch WHERE touch.workspace_id = contact.workspace_id
                      AND touch.contact_id = contact.id)
   AND NOT EXISTS (SELECT FROM consent_consent proof
                    WHERE proof.workspace_id = contact.workspace_id
                      AND proof.contact_id = contact.id)
   AND NOT EXISTS (SELECT FROM consent_privacyrequest request
                    WHERE request.workspace_id = contact.workspace_id
                      AND request.contact_id = contact.id)
   AND NOT EXISTS (SELECT FROM intake_merge merged
                    WHERE merged.workspace_id = contact.workspace_id
                      AND contact.id IN (merged.contact_id, merged.into_contact_id))
