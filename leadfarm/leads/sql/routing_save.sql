-- routing_save: what was given, added to everybody's counts and turns. Returns who took a free place
-- that was none any more: somebody else was faster, and the caller chooses anew.
WITH load AS (
    INSERT INTO leads_workload AS load
           (workspace_id, member_id, country, day, given_today, week, given_this_week)
    SELECT %(workspace)s::integer, given.member, '', %(today)s::date, given.many, %(week)s::date,
           given.many
      FROM unnest(%(members)s::bigint[], %(counts)s::integer[]) AS given (member, many)
     ORDER BY given.member
        ON CONFLICT (workspace_id, member_id) DO UPDATE
       SET given_today = excluded.given_today
             + CASE WHEN load.day = excluded.day THEN load.given_today ELSE 0 END,
           given_this_week = excluded.given_this_week
             + CASE WHEN load.week = excluded.week THEN load.given_this_week ELSE 0 END,
           day = excluded.day, week = excluded.week
    RETURNING load.member_id, load.given_today, load.given_this_week, load.most_a_day,
              load.most_a_week),
turned AS (
    INSERT INTO leads_turn AS turned (workspace_id, rule_id, side, member_id, turn, given)
    SELECT %(workspace)s::integer, seat.rule, seat.side, seat.member, seat.turn, seat.given
      FROM unnest(%(rules)s::bigint[], %(sides)s::smallint[], %(seats)s::bigint[],
                  %(turns)s::float8[], %(given)s::bigint[])
           AS seat (rule, side, member, turn, given)
     ORDER BY seat.side, seat.rule, seat.member
        ON CONFLICT (workspace_id, side, rule_id, member_id) DO UPDATE
       SET turn = greatest(turned.turn, excluded.turn), given = turned.given + excluded.given)
SELECT load.member_id FROM load
 WHERE load.member_id = ANY(%(placed)s::bigint[])
   AND (load.given_today > load.most_a_day OR load.given_this_week > load.most_a_week)
