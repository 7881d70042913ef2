-- fill_rate: of each field, how many records there are, how many have a value, and how many of
-- those values were filled by a provider and by nobody since
WITH newest AS (
    SELECT DISTINCT ON (account_id, contact_id, field)
           account_id IS NOT NULL AS company, field, source
      FROM leads_profilefact WHERE workspace_id = %(workspace)s
     ORDER BY account_id, contact_id, field, known_at DESC, id DESC),
filled AS (
    SELECT company, field, count(*) AS many FROM newest
     WHERE source = ANY(%(providers)s) GROUP BY 1, 2),
companies AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE name <> coalesce(domain, '')) AS name,
           count(nullif(country, '')) AS country, count(nullif(industry, '')) AS industry,
           count(sector) AS sector, count(employees) AS employees
      FROM leads_account WHERE workspace_id = %(workspace)s),
people AS (
    SELECT count(*) AS total, count(nullif(country, '')) AS country,
           count(nullif(job_title, '')) AS job_title, count(seniority) AS seniority,
           count(department) AS department
      FROM leads_contact WHERE workspace_id = %(workspace)s),
counted (company, field, total, known) AS (
    SELECT true, 1, total, name FROM companies UNION ALL
    SELECT true, 3, total, country FROM companies UNION ALL
    SELECT true, 4, total, industry FROM companies UNION ALL
    SELECT true, 5, total, sector FROM companies UNION ALL
    SELECT true, 6, total, employees FROM companies UNION ALL
    SELECT false, 3, total, country FROM people UNION ALL
    SELECT false, 7, total, job_title FROM people UNION ALL
    SELECT false, 8, total, seniority FROM people UNION ALL
    SELECT false, 9, total, department FROM people)
SELECT counted.company, counted.field, counted.total, counted.known,
       least(coalesce(filled.many, 0), counted.known)
  FROM counted LEFT JOIN filled USING (company, field)
 ORDER BY counted.company DESC, counted.field
