-- figures: of each mailing how many messages stand where, who read on (a human followed a link), and
-- who wants no more mail.
SELECT message.mailing_id, message.state, coalesce(message.held_because, 0) AS because,
       count(*) AS messages,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM outreach_click click
            WHERE click.workspace_id = %(workspace)s AND click.message_id = message.id
              AND click.judged_at IS NOT NULL AND click.machine_because IS NULL)) AS read_on,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM outreach_click click
            WHERE click.workspace_id = %(workspace)s AND click.message_id = message.id
              AND click.machine_because IS NOT NULL)) AS machines,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM consent_suppression barred
            WHERE barred.workspace_id = %(workspace)s AND barred.contact_id = message.contact_id
              AND barred.message_id = message.id AND barred.reason = ANY(%(refusals)s))) AS refused
  FROM outreach_message message
 WHERE message.workspace_id = %(workspace)s AND message.mailing_id = ANY(%(mailings)s)
 GROUP BY 1, 2, 3
