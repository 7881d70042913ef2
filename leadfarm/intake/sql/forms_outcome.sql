-- forms_outcome: every form of the workspace with what came of what was sent through it: leads it
-- opened, leads of its senders that ever reached Qualified, sign-ups confirmed and waiting, people
-- who fetched its file, and greetings that nobody has made in time
WITH sent AS (
    SELECT submission.form_id, submission.id, receipt.lead_id, receipt.opening,
           signed.id AS signed, signed.confirmed_at
      FROM intake_submission submission
      JOIN intake_receipt receipt ON receipt.workspace_id = submission.workspace_id
       AND receipt.id = submission.receipt_id AND receipt.lead_id IS NOT NULL
      LEFT JOIN consent_signup signed ON signed.workspace_id = submission.workspace_id
       AND signed.id = submission.sign_up_id
     WHERE submission.workspace_id = %(workspace)s
       AND (%(form)s::bigint IS NULL OR submission.form_id = %(form)s)),
of_leads AS (
    SELECT asked.lead_id,
           EXISTS (SELECT FROM leads_stagechange change
                    WHERE change.workspace_id = %(workspace)s AND change.lead_id = asked.lead_id
                      AND change.to_stage = %(qualified)s) AS qualified,
           EXISTS (SELECT FROM leads_task task
                    WHERE task.workspace_id = %(workspace)s AND task.lead_id = asked.lead_id
                      AND task.kind = %(greet)s AND task.done_at IS NULL
                      AND task.cancelled_at IS NULL AND task.due_at < %(now)s) AS overdue
      FROM (SELECT DISTINCT lead_id FROM sent) asked),
fetched AS (
    SELECT sent.form_id, count(DISTINCT download.submission_id) AS fetched
      FROM intake_download download JOIN sent ON sent.id = download.submission_id
     WHERE download.workspace_id = %(workspace)s AND download.by_machine IS FALSE
     GROUP BY sent.form_id)
SELECT form.id AS form_id, count(sent.id) AS sent,
       count(sent.id) FILTER (WHERE sent.opening = %(new)s) AS opened,
       count(DISTINCT sent.lead_id) FILTER (WHERE of_leads.qualified) AS qualified,
       count(DISTINCT sent.lead_id) FILTER (WHERE of_leads.overdue) AS overdue,
       count(DISTINCT sent.signed) AS signed,
       count(DISTINCT sent.signed) FILTER (WHERE sent.confirmed_at IS NOT NULL) AS confirmed,
       coalesce(max(fetched.fetched), 0) AS fetched
  FROM intake_form form
  LEFT JOIN sent ON sent.form_id = form.id
  LEFT JOIN of_leads ON of_leads.lead_id = sent.lead_id
  LEFT JOIN fetched ON fetched.form_id = form.id
 WHERE form.workspace_id = %(workspace)s AND (%(form)s::bigint IS NULL OR form.id = %(form)s)
 GROUP BY form.id
