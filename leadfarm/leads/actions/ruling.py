"""Routing rules are made, replaced, moved and retired; people's limits and time off are set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import transaction
from django.db.models import F

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import RoutingRule, RoutingSeat, Turn, Workload
from leadfarm.rules.clauses import Clause, serialise
from leadfarm.rules.codes import Side

MOST_RULES = 50


@dataclass(frozen=True)
class RuleShape:
    """What a rule says: which leads, and whose they are: members by weight, or a team."""

    side: Side
    name: str
    clause: Clause
    team_id: int | None = None
    seats: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """How much a member takes on, and when they work; None and "" are the workspace's."""

    most_a_day: int | None = None
    most_a_week: int | None = None
    most_open: int | None = None
    works_from: time | None = None
    works_until: time | None = None
    country: str = ""


@transaction.atomic
def add_rule(shape: RuleShape, *, by: Member, now: datetime) -> RoutingRule:
    """Return a new rule, last of its side. LeadfarmError where it has no name or nobody in it."""
    there = rules_of(by.workspace_id, shape.side)
    if len(there) >= MOST_RULES:
        raise LeadfarmError(f"A side has at most {MOST_RULES} rules.", "Retire one first.")
    made = _make(shape, len(there) + 1, by, now)
    audit(by.workspace_id, "routing rule made", by=Actor.of(by), now=now, on=made)
    return made


@transaction.atomic
def replace_rule(rule: RoutingRule, shape: RuleShape, *, by: Member, now: datetime) -> RoutingRule:
    """Put a changed rule into the place of one in force; whose turn it is stays."""
    _retire(rule, now)
    made = _make(shape, rule.position, by, now)
    turns = Turn.objects.of(by.workspace_id).filter(rule=rule, member__in=list(shape.seats))
    Turn.objects.bulk_create(
        Turn(workspace_id=by.workspace_id, rule=made, side=each.side, member_id=each.member_id,
             turn=each.turn, given=each.given)
        for each in turns
    )  # fmt: skip
    audit(by.workspace_id, "routing rule changed", by=Actor.of(by), now=now, on=made, was=rule.id)
    return made


@transaction.atomic
def retire_rule(rule: RoutingRule, *, by: Member, now: datetime) -> None:
    """Take a rule out of force; what it explained keeps its name."""
    _retire(rule, now)
    behind = RoutingRule.objects.of(rule.workspace_id).filter(side=rule.side, retired_at=None)
    behind.filter(position__gt=rule.position).update(position=F("position") - 1)
    audit(by.workspace_id, "routing rule retired", by=Actor.of(by), now=now, on=rule)


@transaction.atomic
def restore_rule(rule: RoutingRule, *, by: Member, now: datetime) -> None:
    """Put a retired rule back where it was."""
    in_force = RoutingRule.objects.of(rule.workspace_id).filter(side=rule.side, retired_at=None)
    in_force.filter(position__gte=rule.position).update(position=F("position") + 1)
    RoutingRule.objects.of(rule.workspace_id).filter(id=rule.id).update(retired_at=None)
    audit(by.workspace_id, "routing rule restored", by=Actor.of(by), now=now, on=rule)


@transaction.atomic
def move_rule(rule: RoutingRule, step: int, *, by: Member, now: datetime) -> None:
    """Let a rule change places with the one before (-1) or behind it (1)."""
    there = rules_of(rule.workspace_id, Side(rule.side))
    place = next((n for n, one in enumerate(there) if one.id == rule.id), -1)
    other = there[place + step] if 0 <= place + step < len(there) and place >= 0 else None
    if other is None:
        raise LeadfarmError("The rule stands at the end already.")
    rows = RoutingRule.objects.of(rule.workspace_id)
    rows.filter(id=rule.id).update(position=other.position)
    rows.filter(id=other.id).update(position=there[place].position)
    audit(by.workspace_id, "routing rule moved", by=Actor.of(by), now=now, on=rule)


def set_limits(member: Member, limits: Limits, *, by: Member, now: datetime) -> None:
    """Set how much a member takes on and when they work."""
    Workload.objects.update_or_create(
        workspace_id=member.workspace_id, member=member, defaults=vars(limits)
    )
    audit(by.workspace_id, "limits set", by=Actor.of(by), now=now, on=member)


def rules_of(workspace_id: int, side: Side) -> list[RoutingRule]:
    """Return the rules of a side in force, in their order."""
    in_force = RoutingRule.objects.of(workspace_id).filter(side=side, retired_at=None)
    return list(in_force.select_related("team").order_by("position", "id"))


def _make(shape: RuleShape, position: int, by: Member, now: datetime) -> RoutingRule:
    if not shape.name.strip():
        raise LeadfarmError("Give the rule a name: it stands on every lead it gives.")
    if not shape.team_id and not shape.seats:
        raise LeadfarmError("Choose a team, or at least one person who gets these leads.")
    made = RoutingRule.objects.create(
        workspace_id=by.workspace_id,
        side=shape.side,
        position=position,
        name=shape.name.strip()[:80],
        clause=serialise(shape.clause),
        team_id=shape.team_id,
        made_at=now,
        made_by=by,
    )
    RoutingSeat.objects.bulk_create(
        RoutingSeat(workspace_id=by.workspace_id, rule=made, member_id=member, weight=weight)
        for member, weight in shape.seats.items()
    )
    return made


def _retire(rule: RoutingRule, now: datetime) -> None:
    in_force = RoutingRule.objects.of(rule.workspace_id).filter(id=rule.id, retired_at=None)
    if not in_force.update(retired_at=now):
        raise LeadfarmError("Somebody has changed this rule meanwhile.", "Look at it again.")
