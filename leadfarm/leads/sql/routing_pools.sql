-- routing_pools: the rules in force with who sits in their pools and how far each has come, in
-- order; behind them, without a rule, how far everybody has come in the pool of their side.
WITH rule AS (
    SELECT rule.id, rule.side, rule.position, rule.name, rule.clause::text AS clause, rule.team_id,
           team.is_firm, team.daily_cap
      FROM leads_routingrule rule
      LEFT JOIN access_team team ON team.workspace_id = rule.workspace_id AND team.id = rule.team_id
     WHERE rule.workspace_id = %(workspace)s::integer AND rule.retired_at IS NULL),
seat AS (
    SELECT seat.rule_id, seat.member_id, seat.weight
      FROM leads_routingseat seat JOIN rule ON rule.id = seat.rule_id
     WHERE seat.workspace_id = %(workspace)s::integer
    UNION ALL
    SELECT rule.id, member.id, 1
      FROM rule JOIN access_member member ON member.team_id = rule.team_id
     WHERE member.workspace_id = %(workspace)s::integer AND member.left_at IS NULL)
SELECT rule.id, rule.side, rule.name, rule.clause, rule.team_id, rule.is_firm, rule.daily_cap,
       rule.position, seat.member_id, seat.weight, turn.turn
  FROM rule
  LEFT JOIN seat ON seat.rule_id = rule.id
  LEFT JOIN leads_turn turn ON turn.workspace_id = %(workspace)s::integer AND turn.rule_id = rule.id
   AND turn.side = rule.side AND turn.member_id = seat.member_id
UNION ALL
SELECT NULL, turn.side, '', NULL, NULL, false, NULL, 0, turn.member_id, 1, turn.turn
  FROM leads_turn turn
 WHERE turn.workspace_id = %(workspace)s::integer AND turn.rule_id IS NULL
 ORDER BY side, position, id, member_id
