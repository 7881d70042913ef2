-- over: a mailing of which nothing is on its way any more has gone out.
UPDATE outreach_mailing mailing SET state = %(done)s, ended_at = %(now)s
 WHERE mailing.workspace_id = %(workspace)s AND mailing.state = %(going)s
   AND NOT EXISTS (
     SELECT FROM outreach_message message
      WHERE message.workspace_id = %(workspace)s AND message.mailing_id = mailing.id
        AND message.state = ANY(%(on_its_way)s))
