-- preview: how many contacts would get it, and how many not, by the reason (0: they would).
WITH {people}
SELECT coalesce(barred, 0) AS because, count(*) AS contacts FROM judged GROUP BY 1 ORDER BY 1
