-- written_since: whether others have written, since a chunk was decided, what it was decided on:
-- leads of its contacts, the leads, people and companies it tells of, or somebody's erasure.
-- What it was decided on had no row of the transaction `since` or a later one.
SELECT EXISTS (
           SELECT FROM leads_lead it
            WHERE it.workspace_id = %(workspace)s AND it.contact_id = ANY(%(contacts)s::bigint[])
              AND age(it.xmin) <= age(%(since)s::xid) AND it.xmin <> ALL(%(mine)s::xid[]))
    OR EXISTS (
           SELECT FROM leads_lead it
            WHERE it.workspace_id = %(workspace)s AND it.id = ANY(%(leads)s::bigint[])
              AND age(it.xmin) <= age(%(since)s::xid) AND it.xmin <> ALL(%(mine)s::xid[]))
    OR EXISTS (
           SELECT FROM leads_standing it
            WHERE it.workspace_id = %(workspace)s AND it.lead_id = ANY(%(leads)s::bigint[])
              AND age(it.xmin) <= age(%(since)s::xid) AND it.xmin <> ALL(%(mine)s::xid[]))
    OR EXISTS (
           SELECT FROM leads_contact it
            WHERE it.workspace_id = %(workspace)s AND it.id = ANY(%(contacts)s::bigint[])
              AND age(it.xmin) <= age(%(since)s::xid) AND it.xmin <> ALL(%(mine)s::xid[]))
    OR EXISTS (
           SELECT FROM leads_account it
            WHERE it.workspace_id = %(workspace)s AND it.id = ANY(%(accounts)s::bigint[])
              AND age(it.xmin) <= age(%(since)s::xid) AND it.xmin <> ALL(%(mine)s::xid[]))
    OR EXISTS (
           SELECT FROM consent_erasure it
            WHERE it.workspace_id = %(workspace)s AND age(it.xmin) <= age(%(since)s::xid))
