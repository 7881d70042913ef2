-- report_visitor: the browser that reports, made when it is new, and held until its report is in;
-- the first report after consent is the proof of it. A withdrawn one answers so.
INSERT INTO intake_visitor AS visitor
       (workspace_id, key, wording_version, agreed_by, agreed_at, last_seen_at, network)
VALUES (%(workspace)s::integer, %(key)s::uuid, %(wording)s::integer, %(agreed_by)s::smallint,
        %(now)s::timestamptz, %(now)s::timestamptz, %(network)s::text)
    ON CONFLICT (workspace_id, key) DO UPDATE
   SET last_seen_at = greatest(visitor.last_seen_at, excluded.last_seen_at)
RETURNING id, contact_id, agreed_at, withdrawn_at
