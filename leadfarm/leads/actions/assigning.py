"""Giving many leads to people at once: by the rules, to a person, to a team in turn, to a firm."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team, Workspace
from leadfarm.access.notices import telling
from leadfarm.engine import arrays
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead
from leadfarm.leads.queries.listing.page import BASE, HERE
from leadfarm.leads.routing import Router, facts_of
from leadfarm.leads.sql import statement
from leadfarm.rules.clauses import Facts, Moment, raw_facts
from leadfarm.rules.codes import Side
from leadfarm.rules.routing import ASKED, ROUTING_FIELDS, Given, How, Pool, Seat, one_as_json

COLUMNS = {
    Side.MARKETING: "marketing_owner_id",
    Side.PD: "pd_owner_id",
    Side.SALES: "sales_owner_id",
}
AT_ONCE = 10_000


@dataclass(frozen=True)
class Target:
    """Where leads go: to one member, to a team or firm in turn, else by the rules."""

    side: Side
    member: int | None = None
    team: Team | None = None

    @property
    def is_firm(self) -> bool:
        """Whether it leaves the house."""
        return self.team is not None and self.team.is_firm


@dataclass(frozen=True)
class Those:
    """Which leads: a condition over `lead` and `standing` with its values."""

    condition: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A lead that is to be given to somebody."""

    id: int
    account: int | None
    owner: int | None
    firm: int | None
    facts: Facts


@dataclass(frozen=True)
class Change:
    """A lead and who has it from now on, with the reason as it is kept."""

    lead: int
    owner: int | None
    firm: int | None
    reasons: str  # JSON, as of one choice


@dataclass
class Ahead:
    """What an assignment would do: leads by member, and how many of them change hands."""

    many: dict[int, int] = field(default_factory=dict)
    changing: int = 0


def assign(workspace: Workspace, those: Those, to: Target, *, by: Actor, now: datetime) -> int:
    """Give this side of the leads to whom they go; return how many changed hands.

    Reads the leads once, chooses in memory and writes by one statement; places free count, and
    PlacesTaken is raised where captures took some meanwhile. Call it inside the workspace.
    """
    rows = leads_for(workspace, those, to.side, now)
    router, choice = _choice(workspace, to, now)
    chosen = ((row, choice(row)) for row in rows)
    changes = [Change(row.id, one.to, one.firm, one_as_json(one)) for row, one in chosen if one]
    changed = write(workspace, to.side, changes, by=by, now=now)
    if router is not None:
        router.save()
    return changed


def give_one(lead: Lead, side: Side, member: Member, *, by: Actor, now: datetime) -> None:
    """Give one side of a lead to a member, with its next step and tasks; into or out of a firm."""
    change = Change(lead.id, member.id, member.firm_id, json.dumps({"how": int(How.HAND)}))
    write(Workspace(id=lead.workspace_id), side, [change], by=by, now=now)
    setattr(lead, COLUMNS[side], member.id)


def fill_owners(workspace: Workspace, lead: Lead, *, by: Actor, now: datetime) -> None:
    """Give each side of a lead that nobody has to somebody, by the rules."""
    this = Those("lead.id = %(this)s", {"this": lead.id})
    free = [side for side, column in COLUMNS.items() if getattr(lead, column) is None]
    if not free:
        return
    (row,) = leads_for(workspace, this, free[0], now)
    router = Router(workspace, now, alone=True)
    here = router.account_owners([row.account] if row.account else [])
    before = lead.previous_lead
    owned = {side: getattr(before, column) for side, column in COLUMNS.items()} if before else {}
    given = router.give(row.facts, account=here.get(row.account or 0, {}), before=owned, sides=free)
    for side, one in given.items():
        change = Change(lead.id, one.to, one.firm, one_as_json(one))
        write(workspace, side, [change], by=by, now=now)
        setattr(lead, COLUMNS[side], one.to)
    router.save()


def preview(workspace: Workspace, those: Those, to: Target, *, now: datetime) -> Ahead:
    """Return how many of the leads each member would have, and how many change hands."""
    choice = _choice(workspace, to, now)[1]
    ahead = Ahead()
    for row in leads_for(workspace, those, to.side, now):
        one = choice(row)
        if one is not None:
            ahead.many[one.to] = ahead.many.get(one.to, 0) + 1
            ahead.changing += (one.to, one.firm) != (row.owner, row.firm)
    return ahead


def leads_for(workspace: Workspace, those: Those, side: Side, now: datetime) -> list[Row]:
    """Return the leads with what rules may ask of them, at most AT_ONCE, oldest first."""
    facts, terms = raw_facts(ASKED, ROUTING_FIELDS, Moment(now), workspace.id, prefix="fact")
    query = (
        f"SELECT lead.id, lead.account_id, lead.{COLUMNS[side]}, lead.firm_id, {facts}"  # noqa: S608
        f" FROM {BASE} WHERE {HERE} AND {those.condition} ORDER BY lead.id LIMIT {AT_ONCE}"
    )
    values: dict[str, Any] = {**those.values, **terms, "workspace": workspace.id}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = cursor.fetchall()
    return [
        Row(lead, account, owner, firm, facts_of(dict(zip(ASKED, values, strict=True))))
        for lead, account, owner, firm, *values in rows
    ]


def write(
    workspace: Workspace, side: Side, changes: Sequence[Change], *, by: Actor, now: datetime
) -> int:
    """Give leads to other people; return how many changed hands. One statement."""
    terms: dict[str, Any] = {
        "workspace": workspace.id,
        "side": int(side),
        "slug": side.slug,
        "now": now,
        "actor": by.kind,
        "member": by.member_id,
        "leads": arrays.numbers(one.lead for one in changes),
        "owners": arrays.numbers(one.owner for one in changes),
        "firms": arrays.numbers(one.firm for one in changes),
        "reasons": arrays.texts(one.reasons for one in changes),
    }
    with connection.cursor() as cursor:
        cursor.execute(_assigning(side), terms)
        return int(cursor.fetchone()[0])


@cache
def _assigning(side: Side) -> str:
    text = statement("assign").replace("{column}", COLUMNS[side])
    return text.replace("{telling}", telling("owning"))


Choice = Callable[[Row], Given | None]


def _choice(workspace: Workspace, to: Target, now: datetime) -> tuple[Router | None, Choice]:
    if to.member is not None:
        firm = Member.objects.of(workspace).get(id=to.member).firm_id
        one = Given(to.side, to.member, How.HAND, firm=firm)
        return None, lambda _row: one
    router = Router(workspace, now)
    if to.team is not None:
        return None, _in_turn(router, to, to.team)
    return router, _by_rules(router, to.side)


def _by_rules(router: Router, side: Side) -> Choice:
    """Return the choice by rules; leads of one account stay together."""
    at: dict[int, int] = {}

    def choose(row: Row) -> Given | None:
        account = {side: at.get(row.account or 0)}
        one = router.give(row.facts, account=account, sides=(side,)).get(side)
        if one is not None and row.account is not None and one.firm is None:
            at[row.account] = one.to
        return one

    return choose


def _in_turn(router: Router, to: Target, team: Team) -> Choice:
    """Return the choice among a team's people, who take turns; full or away only if all are."""
    rows = router.people.rows
    people = [
        one for one in router.dealer.people.values()
        if to.side in one.sides and rows[one.id]["team_id"] == team.id
    ]  # fmt: skip
    if not people:
        raise LeadfarmError(
            f"Nobody of {team} is there for {to.side.label}.", "Add a member to it, in Settings."
        )
    pool = Pool(to.side, [Seat(one) for one in people])
    firm = team.id if team.is_firm else None
    how = How.FIRM if team.is_firm else How.HAND

    def choose(_row: Row) -> Given | None:
        seat = pool.take() or pool.anybody()
        return Given(to.side, seat.person.id, how, firm=firm) if seat else None

    return choose
