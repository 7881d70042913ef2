-- late: what is still waiting when its mailing is over goes no more, and the timeline says why.
WITH late AS (
    UPDATE outreach_message message
       SET state = %(cancelled)s, held_because = %(too_late)s
      FROM outreach_mailing mailing
     WHERE mailing.workspace_id = %(workspace)s AND mailing.state = %(going)s
       AND mailing.until <= %(now)s
       AND message.workspace_id = %(workspace)s AND message.mailing_id = mailing.id
       AND message.state = ANY(%(waiting)s)
    RETURNING message.lead_id, message.contact_id, message.held_because AS because)
{noted}
