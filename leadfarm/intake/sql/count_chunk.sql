-- count_chunk: how far the import is; in the transaction that wrote the rows, so that a killed
-- import goes on behind the last row that is in. Returns the transaction.
UPDATE intake_importrun run
   SET cursor = %(cursor)s, done_rows = run.done_rows + %(rows)s,
       created = run.created + %(created)s, merged = run.merged + %(merged)s,
       updated = run.updated + %(updated)s, unchanged = run.unchanged + %(unchanged)s,
       rejected = run.rejected + %(rejected)s, erased = run.erased + %(erased)s,
       flagged = run.flagged + %(flagged)s
 WHERE run.workspace_id = %(workspace)s AND run.id = %(run)s AND run.cursor = %(from)s
   AND run.state = %(running)s
RETURNING pg_current_xact_id()::xid::text
