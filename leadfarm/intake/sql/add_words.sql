-- add_words: the search words of leads, told as one text a lead; those of leads that this chunk
-- opened cannot be there, so nobody looks
WITH told AS MATERIALIZED (
    SELECT word COLLATE "C" AS word, new_words.lead_id, new_words.is_new
      FROM new_words CROSS JOIN LATERAL string_to_table(new_words.words, ' ') AS word
     ORDER BY 1, 2),
fresh AS (
    INSERT INTO leads_searchword (workspace_id, word, lead_id)
    SELECT %(workspace)s, told.word, told.lead_id FROM told WHERE told.is_new)
INSERT INTO leads_searchword (workspace_id, word, lead_id)
SELECT %(workspace)s, told.word, told.lead_id FROM told WHERE NOT told.is_new
    ON CONFLICT DO NOTHING
