"""Fit worked out for all leads by one statement, and the rules it follows (S2-6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.queries.catalogue import fields_of
from leadfarm.qualification.actions.agreeing import NotYours
from leadfarm.qualification.models import FitRule
from leadfarm.qualification.scoring import points_of_all, rules_of
from leadfarm.rules.agreement import FIRST_FIT_RULES
from leadfarm.rules.clauses import Clause, FieldTest, leaves, parse, serialise
from leadfarm.rules.clauses.lead_fields import JUDGED, LEAD_FIELDS
from leadfarm.rules.codes import Role

GRADE = """
UPDATE leads_standing AS standing SET fit = graded.fit
  FROM ({scored}) graded
 WHERE standing.workspace_id = %(scored_in)s AND standing.lead_id = graded.lead_id
   AND standing.fit IS DISTINCT FROM graded.fit
"""
SCORERS = frozenset({Role.MARKETER, Role.MANAGER, Role.ADMIN})
MOST_RULES = 60


@dataclass(frozen=True)
class RuleShape:
    """What a rule says. Rules of one kind give at most its cap together."""

    label: str
    clause: Clause
    points: int
    kind: str = ""
    cap: int | None = None


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
    scored, parameters = points_of_all(workspace, rules_of(workspace), now)
    with connection.cursor() as cursor:
        cursor.execute(GRADE.format(scored=scored), parameters)
        return int(cursor.rowcount)


def may_score(member: Member) -> bool:
    """Return whether this member writes the rules of fit; everybody may read them."""
    return Role(member.role) in SCORERS and member.firm_id is None


def shaped(rule: FitRule, shape: RuleShape) -> FitRule:
    """Return the rule with this shape, not saved: for a preview, or to be kept."""
    rule.label, rule.points = shape.label, shape.points
    rule.kind, rule.cap = shape.kind, shape.cap if shape.kind else None
    rule.clause = serialise(shape.clause)
    return rule


def shape_of(rule: FitRule) -> RuleShape:
    """Return what a stored rule says."""
    return RuleShape(rule.label, parse(rule.clause, LEAD_FIELDS), rule.points, rule.kind, rule.cap)


def make_rule(workspace: Workspace, shape: RuleShape, *, by: Member, now: datetime) -> FitRule:
    """Add a rule behind the others and return it."""
    others = rules_of(workspace)
    if len(others) >= MOST_RULES:
        raise LeadfarmError(f"There are {MOST_RULES} rules.", "Delete one that says little.")
    last = max((one.position for one in others), default=-1)
    rule = FitRule(workspace=workspace, position=last + 1)
    _keep(rule, shape, "fit rule made", by, now)
    return rule


def change_rule(rule: FitRule, shape: RuleShape, *, by: Member, now: datetime) -> None:
    """Let the rule say this from now on."""
    _keep(rule, shape, "fit rule changed", by, now)


@transaction.atomic
def drop_rule(rule: FitRule, *, by: Member, now: datetime) -> RuleShape:
    """Delete the rule and return what it said, so that it can be made again."""
    _check_scorer(by)
    said = shape_of(rule)
    _audit(rule, "fit rule deleted", by, now)
    rule.delete()
    return said


@transaction.atomic
def move_rule(rule: FitRule, *, up: bool, by: Member, now: datetime) -> None:
    """Show the rule one place earlier or later; the points stay as they are."""
    _check_scorer(by)
    rules = list(FitRule.objects.of(rule.workspace_id).order_by("position", "id"))
    place = next(at for at, one in enumerate(rules) if one.id == rule.id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rules):
        return
    rules[place], rules[other] = rules[other], rules[place]
    _number(rules)
    _audit(rule, "fit rule moved", by, now)


def _number(rules: Iterable[FitRule]) -> None:
    for position, rule in enumerate(rules):
        if rule.position != position:
            rule.position = position
            rule.save(update_fields=["position"])


def _keep(rule: FitRule, shape: RuleShape, action: str, by: Member, now: datetime) -> None:
    _check_scorer(by)
    found = faults(shape, rule.workspace)
    if found:
        raise LeadfarmError(" ".join(found))
    try:
        with transaction.atomic():
            shaped(rule, shape).save()
            if rule.kind:
                same = FitRule.objects.of(rule.workspace_id).filter(kind=rule.kind)
                same.update(cap=rule.cap)
    except IntegrityError as taken:
        raise LeadfarmError(
            f"There is a rule “{shape.label}” already.", "Give this one another name."
        ) from taken
    _audit(rule, action, by, now)


def faults(shape: RuleShape, workspace: Workspace) -> list[str]:
    """Return what is wrong with the shape of a rule, one sentence each."""
    found = []
    if not shape.clause.members:
        found.append("Say what the rule asks: pick at least one condition.")
    if not shape.points or not -100 <= shape.points <= 100:
        found.append("Points: give a number from -100 to 100 that is not 0.")
    if shape.cap is not None and not 1 <= shape.cap <= 100:
        found.append("At most together: give a number from 1 to 100, or leave it empty.")
    fields = fields_of(workspace).fields
    asked = {one.field for _, one in leaves(shape.clause) if isinstance(one, FieldTest)}
    circular = sorted(fields[name].label for name in asked if fields[name].section == JUDGED)
    if circular:
        found.append(f"Fit says who they are: it cannot ask for {' or '.join(circular)}.")
    return found


def _check_scorer(by: Member) -> None:
    if not may_score(by):
        raise NotYours("Marketers, managers and admins write the rules of fit.")


def _audit(rule: FitRule, action: str, by: Member, now: datetime) -> None:
    details: dict[str, Any] = {"rule": rule.label, "points": rule.points}
    audit(rule.workspace_id, action, by=Actor.of(by), now=now, on=rule, **details)
