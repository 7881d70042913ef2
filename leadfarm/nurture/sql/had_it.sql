-- What a program has come round to again is not sent twice to one person, whoever sent it first; nor
-- is what this program sent before it took the person to a newer version.
WHEN (due.cycle > 1 OR due.moved) AND EXISTS (
    SELECT FROM outreach_message seen
      JOIN outreach_templateversion wording
        ON wording.workspace_id = %(workspace)s AND wording.id = seen.template_version_id
     WHERE seen.workspace_id = %(workspace)s AND seen.contact_id = due.contact_id
       AND seen.state <> 7 AND wording.template_id = (
         SELECT template_id FROM plan WHERE plan.node_id = due.node_id))
  OR due.moved AND EXISTS (
    SELECT FROM outreach_message seen JOIN plan ON plan.node_id = due.node_id
     WHERE seen.workspace_id = %(workspace)s AND seen.enrolment_id = due.id
       AND seen.step_key = CASE WHEN due.cycle = 1 THEN plan.key
                                ELSE left(plan.key, 54) || '#' || due.cycle END)
THEN %(had_it)s
