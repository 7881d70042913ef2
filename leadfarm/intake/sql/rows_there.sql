-- rows_there: which rows of this chunk an earlier run of the same file has brought in already
SELECT imported.row, imported.lead_id
  FROM intake_importedrow imported
 WHERE imported.workspace_id = %(workspace)s AND imported.run_id = ANY(%(runs)s)
   AND imported.row BETWEEN %(first)s AND %(last)s
