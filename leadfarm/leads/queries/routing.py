"""Routing as its page shows it: rules as sentences, people and their load, and a trial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from leadfarm.access.models import Member, Workspace
from leadfarm.leads.actions.assigning import COLUMNS, Those, leads_for
from leadfarm.leads.models import RoutingRule, RoutingSeat, Turn
from leadfarm.leads.queries.assignments import Names, sentence_of
from leadfarm.leads.routing import Router, people_of
from leadfarm.rules.clauses import Catalogue, parse, sentence
from leadfarm.rules.codes import Role, Side

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One rule: which leads, to whom, and how many it has given."""

    rule: RoutingRule
    number: int
    where: str
    pool: str
    given: int


@dataclass(frozen=True)
class Load:
    """One member: what they take on and what they were given."""

    member: Member
    side: str
    row: dict[str, Any]
    away_until: date | None
    last_week: int | None


@dataclass(frozen=True)
class Tried:
    """Who would be given one side of a lead, and why."""

    side: str
    who: str
    why: str


def lines_of(workspace: Workspace, side: Side, catalogue: Catalogue) -> list[Line]:
    """Return the rules of a side in their order."""
    rules = RoutingRule.objects.of(workspace).filter(side=side, retired_at=None)
    there = list(rules.select_related("team").order_by("position", "id"))
    pools = _pools(workspace, there)
    given: dict[int | None, int] = {}
    for rule, many in Turn.objects.of(workspace).filter(side=side).values_list("rule_id", "given"):
        given[rule] = given.get(rule, 0) + many
    return [
        Line(rule, number, _where(rule, catalogue), pools[rule.id], given.get(rule.id, 0))
        for number, rule in enumerate(there, 1)
    ]


def _where(rule: RoutingRule, catalogue: Catalogue) -> str:
    clause = parse(rule.clause, catalogue)
    said = sentence(clause, catalogue) if clause.members else "every lead"
    return f"{said[:1].upper()}{said[1:]}"


def _pools(workspace: Workspace, rules: list[RoutingRule]) -> dict[int, str]:
    seats = RoutingSeat.objects.of(workspace).filter(rule__in=rules).select_related("member")
    named: dict[int, list[str]] = {}
    for seat in seats.order_by("member__name"):
        gone = " (has left)" if seat.member.left_at else ""
        times = f" ×{seat.weight}" if seat.weight > 1 else ""
        named.setdefault(seat.rule_id, []).append(f"{seat.member.name}{times}{gone}")
    return {
        rule.id: str(rule.team) if rule.team else ", ".join(named.get(rule.id, ["nobody"]))
        for rule in rules
    }


def loads_of(workspace: Workspace, now: datetime, again: dict[int, int] | None) -> list[Load]:
    """Return everybody who can be given leads; `again` is what last week would give them."""
    people = people_of(workspace, now)
    here = Member.objects.of(workspace).filter(left_at=None, role__lte=Role.SALES_REP)
    return [
        Load(
            member=one,
            side=one.side.label,
            row=people.rows[one.id],
            away_until=people.back_on(one.id),
            last_week=None if again is None else again.get(one.id, 0),
        )
        for one in here.select_related("team").order_by("role", "name")
    ]


def last_week_again(workspace: Workspace, now: datetime) -> dict[int, int]:
    """Return how many leads each member would have, had last week's come by the present rules."""
    many: dict[int, int] = {}
    router = Router(workspace, now, limits=False)
    for side in COLUMNS:
        those = Those("lead.entered_at >= %(since)s", {"since": now - WEEK})
        for row in leads_for(workspace, those, side, now):
            one = router.give(row.facts, sides=(side,)).get(side)
            if one is not None:
                many[one.to] = many.get(one.to, 0) + 1
    return many


def try_out(workspace: Workspace, lead_id: int, now: datetime) -> list[Tried]:
    """Return who would be given a lead if it came in now; empty where there is no such lead."""
    those = Those("lead.id = %(tried)s", {"tried": lead_id})
    found = leads_for(workspace, those, Side.SALES, now)
    if not found:
        return []
    given = Router(workspace, now).give(found[0].facts)
    people = dict(Member.objects.of(workspace).values_list("id", "name"))
    rules = RoutingRule.objects.of(workspace).filter(retired_at=None)
    names = Names(people, dict(rules.values_list("id", "name")), {})
    return [
        Tried(side.label, people[one.to], sentence_of(one.as_json(), names))
        for side, one in given.items()
    ]
