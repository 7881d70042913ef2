-- From `{who}` (id, lead_id, contact_id, node_id, cycle, program_id): who may be written to at all,
-- who wins the quiet window of their contact, and until when the others wait. No two of these sets
-- are joined: without statistics that would be a loop in a loop. A window function says who asks
-- for a contact, a hashed look into `taken` who won.
judged AS MATERIALIZED (
    SELECT due.id, due.lead_id, due.contact_id, due.node_id, due.cycle, program.priority,
           CASE WHEN contact.id IS NULL THEN %(no_address)s
                WHEN NOT {may_get_mail} THEN {why_no_mail} {or_else} END AS barred
      FROM {who} due
      JOIN nurture_program program
        ON program.workspace_id = %(workspace)s AND program.id = due.program_id
      LEFT JOIN leads_contact contact
        ON contact.workspace_id = %(workspace)s AND contact.id = due.contact_id),
ranked AS MATERIALIZED (
    SELECT judged.*, barred IS NULL AND 1 = row_number() OVER (
               PARTITION BY contact_id, barred IS NULL ORDER BY priority, id) AS asks
      FROM judged),
asking AS (SELECT contact_id FROM ranked WHERE asks),
taken AS ({taken}),
settled AS MATERIALIZED (
    SELECT ranked.*, asks AND contact_id IN (SELECT contact_id FROM taken) AS won FROM ranked),
fate AS MATERIALIZED (
    SELECT settled.*, won OR barred IS NOT NULL AS goes, pace.next_free_at,
           coalesce(barred, CASE WHEN pace.recent_at[cardinality(pace.recent_at)] + %(window)s
                                      <= %(now)s AND pace.next_free_at > %(now)s
                                 THEN %(weekly_cap)s ELSE %(quiet_window)s END) AS because
      FROM settled LEFT JOIN LATERAL (
        SELECT next_free_at, recent_at FROM consent_pace
         WHERE NOT settled.won AND workspace_id = %(workspace)s
           AND contact_id = settled.contact_id LIMIT 1) pace ON true),
held AS (SELECT lead_id, contact_id, because FROM fate WHERE NOT won),
noted AS ({noted})
