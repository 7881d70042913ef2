-- complaints: of a program, the mails of the last days and how many of them were complained about.
SELECT count(*) AS sent,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM consent_suppression barred
            WHERE barred.workspace_id = %(workspace)s AND barred.contact_id = message.contact_id
              AND barred.message_id = message.id AND barred.reason = %(complained)s)) AS complaints
  FROM nurture_enrolment enrolment
  JOIN outreach_message message
    ON message.workspace_id = enrolment.workspace_id AND message.enrolment_id = enrolment.id
 WHERE enrolment.workspace_id = %(workspace)s AND enrolment.program_id = %(program)s
   AND message.sent_at >= %(since)s
