-- stream_left: of those who are in a stream now (20,000 at most), how many have so many pieces left
WITH piece AS (
    SELECT id, template_id FROM nurture_piece
     WHERE workspace_id = %(workspace)s AND stream_id = %(stream)s AND retired_at IS NULL
       AND (until IS NULL OR until >= %(day)s::date)),
here AS (
    SELECT enrolment.id, enrolment.contact_id
      FROM nurture_node node
      JOIN nurture_enrolment enrolment ON enrolment.workspace_id = %(workspace)s
       AND enrolment.node_id = node.id AND enrolment.state IN (1, 2, 3)
     WHERE node.workspace_id = %(workspace)s AND node.stream_id = %(stream)s LIMIT 20000),
had AS (
    SELECT here.id, count(DISTINCT piece.id) AS pieces
      FROM here
      JOIN outreach_message seen ON seen.workspace_id = %(workspace)s
       AND seen.contact_id = here.contact_id AND seen.state <> 7
      JOIN outreach_templateversion wording
        ON wording.workspace_id = %(workspace)s AND wording.id = seen.template_version_id
      JOIN piece ON piece.template_id = wording.template_id
     GROUP BY here.id)
SELECT (SELECT count(*) FROM piece) - coalesce(had.pieces, 0) AS remaining, count(*)
  FROM here LEFT JOIN had ON had.id = here.id GROUP BY 1 ORDER BY 1
