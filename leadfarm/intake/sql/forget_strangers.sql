-- forget_strangers: a batch of visitors nobody ever recognised and who came last before a moment;
-- the keys of their visits and views take those along
DELETE FROM intake_visitor WHERE workspace_id = %(workspace)s AND id IN (
    SELECT visitor.id FROM intake_visitor visitor
     WHERE visitor.workspace_id = %(workspace)s AND visitor.contact_id IS NULL
       AND visitor.last_seen_at < %(before)s
       AND NOT EXISTS (SELECT FROM intake_visit visit
                        WHERE visit.workspace_id = visitor.workspace_id
                          AND visit.visitor_id = visitor.id AND visit.contact_id IS NOT NULL)
     ORDER BY visitor.last_seen_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING id
