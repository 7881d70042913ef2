-- form_submissions: the latest answers of one form and what happened next to each (S0-7): what it
-- opened, how long until somebody of ours reached out, where the lead stands, what it waits for
SELECT receipt.received_at AS sent_at, receipt.opening, receipt.lead_id, submission.origin, lead.title,
       trim(contact.given_name || ' ' || contact.family_name) AS person, contact.email,
       account.name AS company, standing.stage, standing.next_why, standing.next_side,
       standing.next_at, standing.next_kind, owner.name AS owner, answered.at AS answered_at,
       signed.id AS signed, signed.confirmed_at, fetched.at AS fetched_at
  FROM intake_submission submission
  JOIN intake_receipt receipt
    ON receipt.workspace_id = submission.workspace_id AND receipt.id = submission.receipt_id
  JOIN leads_lead lead
    ON lead.workspace_id = submission.workspace_id AND lead.id = receipt.lead_id
  JOIN leads_standing standing
    ON standing.workspace_id = submission.workspace_id AND standing.lead_id = lead.id
  LEFT JOIN leads_contact contact
    ON contact.workspace_id = submission.workspace_id AND contact.id = receipt.contact_id
  LEFT JOIN leads_account account
    ON account.workspace_id = submission.workspace_id AND account.id = lead.account_id
  LEFT JOIN access_member owner
    ON owner.workspace_id = submission.workspace_id AND owner.id = standing.next_owner_id
  LEFT JOIN consent_signup signed
    ON signed.workspace_id = submission.workspace_id AND signed.id = submission.sign_up_id
  LEFT JOIN LATERAL (
       SELECT min(touch.happened_at) AS at FROM leads_touch touch
        WHERE touch.workspace_id = submission.workspace_id AND touch.lead_id = lead.id
          AND touch.happened_at >= receipt.received_at AND NOT touch.by_machine
          AND touch.kind = ANY(%(ours)s)) answered ON true
  LEFT JOIN LATERAL (
       SELECT min(download.asked_at) AS at FROM intake_download download
        WHERE download.workspace_id = submission.workspace_id
          AND download.submission_id = submission.id AND download.by_machine IS FALSE) fetched
    ON true
 WHERE submission.workspace_id = %(workspace)s AND submission.form_id = %(form)s
 ORDER BY receipt.received_at DESC, receipt.id DESC
 LIMIT %(most)s
