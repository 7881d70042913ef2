"""The router: reads the state once, gives any number of leads, and writes down what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from leadfarm.access.models import Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.statements import prepared
from leadfarm.leads.routing.people import LAST_OPEN, People, people_of
from leadfarm.leads.sql import statement
from leadfarm.rules.clauses import Clause, Facts, Moment, parse
from leadfarm.rules.codes import Side
from leadfarm.rules.routing import ROUTING_FIELDS, Dealer, Given, Person, Pool, Seat

SIDES = (Side.MARKETING, Side.PD, Side.SALES)
# Captures of one workspace choose one after the other; the number tells our locks from others'.
LOCK = "SELECT pg_advisory_xact_lock(7304, %(workspace)s::integer)"
Owned = Mapping[Side, int | None]
NOBODY: Owned = {}
Terms = dict[str, Any]


class PlacesTaken(LeadfarmError):
    """Somebody else was given leads meanwhile, and took places that were counted on."""


class Standby:
    """The router of work that may need none: read from the database when it is first asked."""

    def __init__(self, workspace: Workspace, now: datetime, *, limits: bool = True) -> None:
        self.workspace, self.now, self.limits = workspace, now, limits
        self.found: Router | None = None

    def router(self) -> Router:
        """Return the router, read now if nobody has asked before."""
        if self.found is None:
            self.found = Router(self.workspace, self.now, limits=self.limits)
        return self.found

    def given(self) -> Terms | None:
        """Return what was given since this was asked last, for `write_down`; None: nothing."""
        return self.found.given() if self.found is not None else None


class Router:
    """Gives leads to people.

    `alone`: nobody else chooses in this workspace until the transaction ends; for short ones.
    Others add what they gave at their end, and fail with PlacesTaken where that is too much.
    Without `limits` everybody has room and nothing counts: for history and raw lists.
    """

    def __init__(
        self, workspace: Workspace, now: datetime, *, alone: bool = False, limits: bool = True
    ) -> None:
        self.workspace, self.now, self.limits = workspace, now, limits
        if alone:
            prepared(LOCK, {"workspace": workspace.id})
        self.people: People = people_of(workspace, now)
        persons = self.people.persons(limits=limits)
        self.pools = pools_of(workspace.id, self.people, persons)
        self.dealer = Dealer(persons, self.pools, self.people.today, Moment(now))

    def give(
        self, facts: Facts, *, account: Owned = NOBODY, before: Owned = NOBODY,
        sides: Iterable[Side] = SIDES,
    ) -> dict[Side, Given]:  # fmt: skip
        """Return who looks after a lead on these sides; a side without people is left out."""
        given = {}
        for side in sides:
            one = self.dealer.deal(side, facts, account=account.get(side), before=before.get(side))
            if one is not None:
                given[side] = one
        return given

    def account_owners(self, accounts: Iterable[int]) -> dict[int, dict[Side, int | None]]:
        """Return who looks after these accounts; those without leads are left out."""
        return account_owners(self.workspace.id, list(accounts))

    def save(self) -> None:
        """Write down what was given: see `write_down`."""
        write_down(self.given())

    def given(self) -> Terms | None:
        """Return what was given since this was asked last, for `write_down`; None: nothing."""
        served = [(pool, seat) for pool in self.pools for seat in pool.seats if seat.given]
        counted = sorted(self.dealer.counted.items()) if self.limits else []
        if not served and not counted:
            return None
        terms: Terms = {
            "workspace": self.workspace.id,
            "today": self.people.today,
            "week": self.people.week,
            "members": [one for one, _ in counted],
            "counts": [many for _, many in counted],
            "placed": sorted(self.dealer.taken),
            "rules": [pool.rule for pool, _ in served],
            "sides": [int(pool.side) for pool, _ in served],
            "seats": [seat.person.id for _, seat in served],
            "turns": [seat.turn for _, seat in served],
            "given": [seat.given for _, seat in served],
        }
        for _, seat in served:
            seat.given = 0
        self.dealer.counted, self.dealer.taken = {}, {}
        return terms


def write_down(given: Terms | None) -> None:
    """Add what was given to everybody's counts and turns; PlacesTaken where others were first.

    One statement. The last one of a long transaction: it holds rows that captures wait for.
    """
    if given is not None and prepared(statement("routing_save"), given):
        raise PlacesTaken("Others were given leads at the same time.", "Try again.")


def account_owners(workspace_id: int, accounts: list[int]) -> dict[int, dict[Side, int | None]]:
    """Return who looks after these accounts on each side; those without leads are left out."""
    terms = {"workspace": workspace_id, "accounts": accounts, "last_open": LAST_OPEN}
    rows = prepared(statement("routing_owners"), terms) if accounts else []
    return {
        row["account_id"]: {
            Side.MARKETING: row["marketing"],
            Side.PD: row["pd"],
            Side.SALES: row["sales"],
        }
        for row in rows
    }


def pools_of(workspace_id: int, people: People, persons: Mapping[int, Person]) -> list[Pool]:
    """Return the pools of the rules in force, in order, then everybody of each side."""
    rows = prepared(statement("routing_pools"), {"workspace": workspace_id})
    turns = {(row["side"], row["member_id"]): row["turn"] for row in rows if row["id"] is None}
    ruled = [row for row in rows if row["id"] is not None]
    pools: list[Pool] = []
    for _, seats in groupby(ruled, lambda row: row["id"]):
        those = list(seats)
        number = sum(1 for pool in pools if pool.side == those[0]["side"]) + 1
        pools.append(_pool(those, number, people, persons))
    return pools + [_everybody(side, persons, turns) for side in SIDES]


def _pool(
    seats: list[dict[str, Any]], number: int, people: People, persons: Mapping[int, Person]
) -> Pool:
    row, side = seats[0], Side(seats[0]["side"])
    able = [one for one in seats if _sits(one, side, persons)]
    given = sum(people.rows[one["member_id"]]["given_today"] for one in able)
    return Pool(
        side=side,
        seats=[Seat(persons[one["member_id"]], one["weight"], one["turn"]) for one in able],
        rule=row["id"],
        number=number,
        name=row["name"],
        clause=clause_of(row["clause"]),
        firm=row["team_id"] if row["is_firm"] else None,
        room=None if row["daily_cap"] is None else max(0, row["daily_cap"] - given),
    )


def _sits(seat: dict[str, Any], side: Side, persons: Mapping[int, Person]) -> bool:
    """Whether who sits there can be given such leads: here, of the side, of ours or the firm."""
    person = persons.get(seat["member_id"])
    firm = seat["team_id"] if seat["is_firm"] else None
    return person is not None and side in person.sides and person.firm == firm


def _everybody(
    side: Side, persons: Mapping[int, Person], turns: Mapping[tuple[int, int], float]
) -> Pool:
    ours = [one for one in persons.values() if side in one.sides and one.firm is None]
    return Pool(side, [Seat(one, 1, turns.get((int(side), one.id))) for one in ours])


@lru_cache(maxsize=1024)
def clause_of(text: str) -> Clause:
    """Return the clause that stands in the database as this JSON."""
    return parse(json.loads(text), ROUTING_FIELDS)


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Return the facts a rule may ask of a lead, from what came in; blanks are unknown."""
    return Facts({name: value for name, value in values.items() if value not in (None, "")})
