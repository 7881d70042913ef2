-- The first piece of `plan.stream_id` that the contact of `due` has not had from anybody, with its
-- newest wording.
SELECT piece.id AS piece_id, wording.id AS version_id
  FROM nurture_piece piece
  CROSS JOIN LATERAL (
    SELECT id FROM outreach_templateversion
     WHERE workspace_id = %(workspace)s AND template_id = piece.template_id
     ORDER BY number DESC LIMIT 1) wording
 WHERE piece.workspace_id = %(workspace)s AND piece.stream_id = plan.stream_id
   AND piece.retired_at IS NULL AND (piece.until IS NULL OR piece.until >= %(day)s::date)
   AND NOT EXISTS (
     SELECT FROM outreach_message seen
       JOIN outreach_templateversion its
         ON its.workspace_id = %(workspace)s AND its.id = seen.template_version_id
      WHERE seen.workspace_id = %(workspace)s AND seen.contact_id = due.contact_id
        AND seen.state <> 7 AND its.template_id = piece.template_id)
 ORDER BY piece.position, piece.id LIMIT 1
