-- named: the leads of which every typed word begins a word; two words or more (decision 0085).
-- The rarest word leads. Where its leads are few, each is asked for the other words. Where they are
-- many, the leads of another word are read at once and looked up, which costs less; only for a word
-- that very many leads share each is asked still: soon enough of them have it.
typed (place, low, high) AS (VALUES /*typed*/),
begun AS MATERIALIZED (
    SELECT place, low, high, (SELECT count(*)
             FROM (SELECT FROM leads_searchword
                    WHERE workspace_id = %(workspace)s AND word >= low AND word < high
                    LIMIT /*few*/ + 1) some_of_it) AS many
      FROM typed),
counted AS MATERIALIZED (
    SELECT place, low, high, CASE WHEN (SELECT min(many) FROM begun) <= /*few*/ THEN many ELSE
           (SELECT count(*)
              FROM (SELECT FROM leads_searchword
                     WHERE workspace_id = %(workspace)s AND word >= low AND word < high
                     LIMIT /*read*/ + 1) more_of_it) END AS many
      FROM begun),
rarest AS MATERIALIZED (SELECT * FROM counted ORDER BY many, length(low) DESC, place LIMIT 1),
ways AS MATERIALIZED (
    SELECT place, CASE WHEN place = (SELECT place FROM rarest) THEN 'leads'
                       WHEN (SELECT many FROM rarest) <= /*few*/ OR many > /*read*/ THEN 'asked'
                       ELSE 'read' END AS way
      FROM counted),
reach AS MATERIALIZED (
    SELECT CASE WHEN EXISTS (SELECT FROM ways WHERE way = 'read')
                THEN /*read*/ ELSE /*asked*/ END AS walks,
           CASE WHEN EXISTS (SELECT FROM ways WHERE way = 'asked') AND many > /*few*/
                THEN /*some*/ ELSE /*shown*/ END AS shows
      FROM rarest),
walked AS (
    SELECT lead_id FROM leads_searchword
     WHERE workspace_id = %(workspace)s
       AND word >= (SELECT low FROM rarest) AND word < (SELECT high FROM rarest)
     ORDER BY word, lead_id LIMIT (SELECT walks FROM reach)),
named AS MATERIALIZED (
    SELECT lead_id FROM walked WHERE CASE WHEN /*is read*/ THEN /*says yes*/ ELSE false END
     LIMIT (SELECT shows FROM reach)),
cap (capped) AS MATERIALIZED (
    SELECT rarest.many > walks OR (SELECT count(*) FROM named) >= shows FROM rarest, reach)
