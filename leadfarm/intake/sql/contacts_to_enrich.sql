-- contacts_to_enrich: people not looked at since they came or changed; not who objects to profiling
SELECT id, job_title, split_part(coalesce(email_key, ''), '@', 2), phone_key
  FROM leads_contact
 WHERE workspace_id = %(workspace)s AND enriched_at IS NULL AND NOT no_profiling
 ORDER BY id LIMIT %(many)s FOR UPDATE SKIP LOCKED
