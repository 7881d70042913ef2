-- findings_there: the newest finding in each field of these leads, so that none is told twice
SELECT DISTINCT ON (finding.lead_id, finding.section, finding.field)
       finding.lead_id, finding.section, finding.field,
       finding.value_text, finding.value_number, finding.value_date
  FROM leads_finding finding
 WHERE finding.workspace_id = %(workspace)s AND finding.lead_id = ANY(%(leads)s)
 ORDER BY finding.lead_id, finding.section, finding.field, finding.known_at DESC, finding.id DESC
