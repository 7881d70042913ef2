-- window: between which instants the company has recorded how leads ended. Wins before the first
-- were not recorded; where nothing is live, nothing after the last event of the history is known.
SELECT min(happened_at) FILTER (WHERE to_stage IN (%(won)s, %(lost)s)) AS first_end,
       max(happened_at) AS last_event,
       bool_or(origin = %(captured)s AND recorded_at > %(recent)s) AS is_live,
       bool_and(origin = %(imported)s) FILTER (WHERE to_stage = %(won)s) AS ends_are_imported
  FROM leads_stagechange
 WHERE workspace_id = %(workspace)s AND happened_at <= %(now)s
