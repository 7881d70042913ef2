-- undo_history: what the import added to leads that stay; the one function that may take it back
SELECT intake_take_back(%(workspace)s, %(run)s, %(at)s, %(kept)s)
