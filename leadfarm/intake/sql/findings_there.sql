-- findings_there: the newest finding in each field of these leads, so that none is told twice
SELECT DISTINCT ON (finding.lead_id, finding.section, finding.field)
       finding.lead_id, finding.section, finding.field,
       words.body, finding.value_number, finding.value_date
  FROM leads_finding finding
  LEFT JOIN leads_personaltext words
    ON words.workspace_id = finding.workspace_id AND words.id = finding.text_id
 WHERE finding.workspace_id = %(workspace)s AND finding.lead_id = ANY(%(leads)s)
 ORDER BY finding.lead_id, finding.section, finding.field, finding.known_at DESC, finding.id DESC
