-- Who meets `{who}`: one row a contact, of its open leads the newest; and why it may not be written
-- to, where it may not.
people AS MATERIALIZED (
    SELECT DISTINCT ON (lead.contact_id) lead.id AS lead_id, lead.contact_id
      FROM leads_lead lead
      JOIN leads_standing standing
        ON standing.workspace_id = lead.workspace_id AND standing.lead_id = lead.id
     WHERE lead.workspace_id = %(workspace)s AND standing.workspace_id = %(workspace)s
       AND lead.contact_id IS NOT NULL AND {who}
     ORDER BY lead.contact_id, standing.stage > 6, lead.id DESC),
judged AS MATERIALIZED (
    SELECT people.lead_id, people.contact_id,
           CASE WHEN NOT {may_get_mail} THEN {why_no_mail}
                WHEN EXISTS (
                    SELECT FROM outreach_message seen
                     WHERE seen.workspace_id = %(workspace)s AND seen.state <> %(cancelled)s
                       AND seen.contact_id = people.contact_id
                       AND seen.template_version_id = %(version)s)
                THEN %(had_it)s END AS barred
      FROM people
      JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = people.contact_id)
