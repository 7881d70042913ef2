-- branch: each enrolment takes the first way whose clauses its lead meets; unknown is not met
WITH {due},
chosen AS (
    SELECT due.id, due.node_id, {way} AS way
      FROM due
      JOIN leads_lead lead ON lead.workspace_id = %(workspace)s AND lead.id = due.lead_id
      JOIN leads_standing standing
        ON standing.workspace_id = %(workspace)s AND standing.lead_id = due.lead_id),
{going},
{standing}
SELECT count(*) FROM moved
