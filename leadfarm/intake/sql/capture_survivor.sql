-- capture_survivor: where the contact or its account was merged into another, the survivor with its
-- account, locked like the row before; nothing where neither was. An address of a merged contact,
-- a domain of a merged account, find who took them over.
WITH person AS (
    SELECT coalesce(merged.into_contact_id, %(contact)s::bigint) AS id
      FROM (SELECT %(workspace)s::integer AS workspace_id) here
      LEFT JOIN intake_merge merged ON merged.workspace_id = here.workspace_id
       AND merged.contact_id = %(contact)s::bigint AND merged.undone_at IS NULL),
moved_home AS (
    UPDATE leads_contact contact SET account_id = merged.into_account_id
      FROM person, intake_merge merged
     WHERE contact.workspace_id = %(workspace)s::integer AND contact.id = person.id
       AND person.id = %(contact)s::bigint
       AND merged.workspace_id = %(workspace)s::integer AND merged.undone_at IS NULL
       AND merged.account_id = contact.account_id
    RETURNING contact.*),
held AS (
    SELECT contact.* FROM leads_contact contact, person
     WHERE contact.workspace_id = %(workspace)s::integer AND contact.id = person.id
       AND person.id <> %(contact)s::bigint AND NOT EXISTS (SELECT FROM moved_home)
       FOR NO KEY UPDATE OF contact),
it AS (SELECT * FROM moved_home UNION ALL SELECT * FROM held)
SELECT it.*, home.name AS account_name, home.domain AS account_domain,
       home.country AS account_country, home.industry AS account_industry,
       home.employees AS account_employees
  FROM it LEFT JOIN leads_account home ON home.workspace_id = %(workspace)s::integer
   AND home.id = it.account_id
