-- begin: the ledger rows of a mailing whose time has come, all at once; says whom it left out, by
-- the reason (0: it goes to them). A mailing that has begun already writes nothing and says nothing.
WITH going AS (
    UPDATE outreach_mailing SET state = %(going)s, began_at = %(now)s
     WHERE workspace_id = %(workspace)s AND id = %(mailing)s AND state = %(planned)s
       AND go_at <= %(now)s
    RETURNING id, version_id),
{people},
said AS (
    INSERT INTO outreach_message (workspace_id, kind, state, nature, attempts, lead_id, contact_id,
                                  template_version_id, mailing_id, planned_at, not_before)
    SELECT %(workspace)s, %(one_off)s, 1, 1, 0, lead_id, contact_id, going.version_id, going.id,
           %(now)s, %(now)s
      FROM judged CROSS JOIN going WHERE barred IS NULL ORDER BY lead_id)
SELECT coalesce(barred, 0) AS because, count(*) AS contacts
  FROM judged WHERE EXISTS (SELECT FROM going) GROUP BY 1 ORDER BY 1
