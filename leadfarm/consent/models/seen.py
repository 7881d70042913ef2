"""How an outside firm sees rows about a contact: with the contact itself."""

# leads_contact carries its own wall for firms, which holds inside this look as well.
SEEN_WITH_ITS_CONTACT = (
    "EXISTS (SELECT FROM leads_contact seen WHERE seen.workspace_id = {table}.workspace_id"
    " AND seen.id = {table}.contact_id)"
)
