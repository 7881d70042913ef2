-- stream_had: how many contacts have had each piece, by whomever it was sent
SELECT piece.id, count(DISTINCT seen.contact_id)
  FROM nurture_piece piece
  JOIN outreach_templateversion wording
    ON wording.workspace_id = %(workspace)s AND wording.template_id = piece.template_id
  JOIN outreach_message seen ON seen.workspace_id = %(workspace)s
   AND seen.template_version_id = wording.id AND seen.state <> 7
 WHERE piece.workspace_id = %(workspace)s AND piece.stream_id = %(stream)s
   AND piece.retired_at IS NULL
 GROUP BY piece.id
