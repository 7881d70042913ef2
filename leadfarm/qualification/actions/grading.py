"""Fit: points by rules, worked out for all leads by one statement (S2-6)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection

from leadfarm.access.models import Workspace
from leadfarm.leads.queries.catalogue import fields_of, moment_of
from leadfarm.qualification.models import FitRule
from leadfarm.rules.agreement import FIRST_FIT_RULES
from leadfarm.rules.clauses import parse, sql

# A lead of which no rule knows anything has no fit: unknown is not "poor".
GRADE = """
UPDATE leads_standing AS standing SET fit = graded.fit
  FROM (SELECT standing.lead_id,
               CASE WHEN {known} THEN greatest(0, least(100, {points})) END AS fit
          FROM leads_standing standing
          JOIN leads_lead lead
            ON lead.workspace_id = standing.workspace_id AND lead.id = standing.lead_id
         WHERE standing.workspace_id = %(graded_in)s) graded
 WHERE standing.workspace_id = %(graded_in)s AND standing.lead_id = graded.lead_id
   AND standing.fit IS DISTINCT FROM graded.fit
"""


def install_first_rules(workspace: Workspace) -> None:
    """Give a workspace the rules everybody starts with; ones it has by name are left alone."""
    FitRule.objects.bulk_create(
        (
            FitRule(workspace=workspace, position=place, **rule)
            for place, rule in enumerate(FIRST_FIT_RULES)
        ),
        ignore_conflicts=True,
    )


def grade(workspace: Workspace, *, now: datetime) -> int:
    """Work out the fit of every lead anew; return how many changed. Runs again without harm."""
    rules = list(FitRule.objects.of(workspace).order_by("position", "id"))
    if not rules:
        return 0
    known, points, parameters = _voices(workspace, rules, now)
    with connection.cursor() as cursor:
        statement = GRADE.format(known=known, points=points)
        cursor.execute(statement, {"graded_in": workspace.id, **parameters})
        return int(cursor.rowcount)


def _voices(
    workspace: Workspace, rules: list[FitRule], now: datetime
) -> tuple[str, str, dict[str, Any]]:
    """Return what is known, the points with caps by kind, and the parameters of both."""
    catalogue, moment = fields_of(workspace), moment_of(workspace, now)
    by_kind: dict[str, list[str]] = defaultdict(list)
    caps: dict[str, int] = {}
    known: list[str] = []
    parameters: dict[str, Any] = {}
    for place, rule in enumerate(rules):
        clause = parse(rule.clause, catalogue)
        met, binds = sql(clause, catalogue, moment, workspace.id, prefix=f"rule{place}")
        # "Is known" answers no where nothing is known: only its yes says something.
        asks_presence = rule.clause.get("operator") == "is_known"
        known.append(f"({met}) IS {'TRUE' if asks_presence else 'NOT NULL'}")
        by_kind[rule.kind].append(f"CASE WHEN {met} THEN {rule.points:d} ELSE 0 END")
        parameters.update(binds)
        if rule.cap is not None:
            caps[rule.kind] = rule.cap
    sums = [_capped(" + ".join(parts), caps.get(kind)) for kind, parts in by_kind.items()]
    return " OR ".join(known), " + ".join(sums), parameters


def _capped(points: str, cap: int | None) -> str:
    return f"({points})" if cap is None else f"least({cap:d}, {points})"
