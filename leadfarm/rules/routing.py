"""Who is given a lead: the account's owner, the owner before, a rule's pool in turn, or anybody.

Pure and deterministic: the same state gives the same people. In a pool the one who is furthest
behind is next; each lead moves them 1/weight further. Who was away comes back to where the pool is
now, so that nobody is flooded on the day of return.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from leadfarm.rules.clauses import (
    LEAD_FIELDS,
    Catalogue,
    Clause,
    Facts,
    Moment,
    catalogue,
    evaluate,
    leaves,
)
from leadfarm.rules.clauses.tree import FieldTest
from leadfarm.rules.codes import Code, Side

# What is known about a lead the moment it comes in, whatever it comes by.
ASKED = (
    *("source", "campaign", "origin", "country", "industry", "employees", "domain"),
    *("job_title", "contact_country", "need"),
)
# An owner away longer than this does not keep what is new at their accounts.
TOO_LONG = timedelta(days=7)
TOLD = 3  # how many passed-over people an explanation names


class How(Code):
    """By what somebody came to be given a lead."""

    ACCOUNT = 1, "Owner of the account"
    BEFORE = 2, "Owner of the lead before"
    RULE = 3, "A rule"
    TURN = 4, "In turn"
    HAND = 5, "By hand"
    FIRM = 6, "To an outside firm"
    BACK = 7, "Taken back"


class Passed(Code):
    """Why somebody was passed over."""

    AWAY = 1, "away"
    FULL = 2, "has no place free"


@dataclass(slots=True)
class Person:
    """A member who can be given leads. `room` is how many more; None: as many as come."""

    id: int
    sides: frozenset[Side]
    room: int | None = None
    back_on: date | None = None  # away until the day before
    firm: int | None = None

    @property
    def is_free(self) -> bool:
        """Whether they are here and have a place."""
        return self.back_on is None and (self.room is None or self.room > 0)

    def passed_because(self) -> tuple[Passed, date | None]:
        """Return why they are passed over, and when they are back."""
        return (Passed.AWAY, self.back_on) if self.back_on else (Passed.FULL, None)


@dataclass(slots=True)
class Seat:
    """A person's place in a pool; `turn` is None where they were never given any there."""

    person: Person
    weight: int = 1
    turn: float | None = None
    given: int = 0  # by this dealer


@dataclass(slots=True)
class Pool:
    """Who takes turns. Without a rule it is everybody of the side."""

    side: Side
    seats: list[Seat]
    rule: int | None = None
    number: int = 0
    name: str = ""
    clause: Clause | None = None
    firm: int | None = None
    room: int | None = None  # of all together, where the team has a daily limit
    _heap: list[tuple[float, int, Seat]] | None = None
    _out: list[tuple[float, Seat]] = field(default_factory=list)

    def take(self) -> Seat | None:
        """Return who is next and move them on; None where nobody is free."""
        heap = self._free() if self._heap is None else self._heap
        while heap and self.room != 0:
            turn, number, seat = heap[0]
            if seat.person.is_free:
                self._served(seat, turn)
                heapq.heapreplace(heap, (seat.turn or 0.0, number, seat))
                return seat
            self._out.append((turn, seat))
            heapq.heappop(heap)
        return None

    def _served(self, seat: Seat, turn: float) -> None:
        seat.turn = turn + 1 / seat.weight
        seat.given += 1
        if seat.person.room is not None:
            seat.person.room -= 1
        if self.room is not None:
            self.room -= 1

    def passed(self, upto: float) -> list[Seat]:
        """Return who would have been next before this turn, had they been free."""
        return [seat for turn, seat in self._out if turn <= upto][:TOLD]

    def anybody(self) -> Seat | None:
        """Return who takes it though nobody is free: who is here, else who is back soonest."""
        self._free()
        if not self.seats:
            return None
        clock = self.clock()
        seat = min(
            self.seats,
            key=lambda one: (one.person.back_on or date.min, _turn(one, clock), one.person.id),
        )
        self._served(seat, _turn(seat, clock))
        return seat

    def clock(self) -> float:
        """Return where the pool is now: the turn of who was served last, when it was served."""
        served = (each.turn - 1 / each.weight for each in self.seats if each.turn is not None)
        return max(served, default=0.0)

    def _free(self) -> list[tuple[float, int, Seat]]:
        clock = self.clock()
        turns = [(_turn(seat, clock), seat.person.id, seat) for seat in self.seats]
        self._heap = [one for one in turns if one[2].person.is_free]
        self._out = [(one[0], one[2]) for one in turns if not one[2].person.is_free]
        heapq.heapify(self._heap)
        return self._heap


def _turn(seat: Seat, clock: float) -> float:
    return clock if seat.turn is None else max(seat.turn, clock)


class Given(NamedTuple):
    """One choice and why; `full` are the numbers of rules that met it but had nobody free."""

    side: Side
    to: int
    how: How
    rule: int | None = None
    number: int = 0
    firm: int | None = None
    passed: tuple[tuple[int, Passed, date | None], ...] = ()
    full: tuple[int, ...] = ()
    over: bool = False  # given though nobody had a place free

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept: ids and codes, what is empty left out."""
        passed = [[one, int(why), back and back.isoformat()] for one, why, back in self.passed]
        told: dict[str, Any] = {"rule": self.rule, "n": self.number, "firm": self.firm}
        told |= {"passed": passed, "full": list(self.full), "over": self.over}
        return {"to": self.to, "how": int(self.how)} | {k: v for k, v in told.items() if v}


def told_as_json(given: Mapping[Side, Given]) -> str:
    """Return who was given a lead and why, by side, as JSON text; empty where nobody was."""
    if not given:
        return ""
    told = [f'"{side.slug}": {one_as_json(one)}' for side, one in given.items()]
    return "{" + ", ".join(told) + "}"


@lru_cache(maxsize=10_000)
def one_as_json(one: Given) -> str:
    """Return one choice as JSON text; many leads at once share a few."""
    return json.dumps(one.as_json())


@dataclass
class Dealer:
    """Gives leads to people, one after another, from the state it was handed."""

    people: Mapping[int, Person]
    pools: Sequence[Pool]  # in order, those without a rule last
    today: date
    moment: Moment
    counted: dict[int, int] = field(default_factory=dict)  # how many each was given
    taken: dict[int, int] = field(default_factory=dict)  # of those, how many by a free place
    _met: dict[tuple[object, ...], dict[Side, list[Pool]]] = field(default_factory=dict)

    def deal(
        self, side: Side, facts: Facts, *, account: int | None = None, before: int | None = None
    ) -> Given | None:
        """Return who is given this side of a lead; None where the side has no people at all."""
        for owner, how in ((account, How.ACCOUNT), (before, How.BEFORE)):
            if owner is not None and self.keeps(owner, side):
                self._count(owner, how)
                return Given(side, owner, how)
        full: list[int] = []
        for pool in self.pools_for(side, facts):
            seat = pool.take()
            if seat is not None:
                return self._from(pool, seat, full)
            if pool.rule is not None:
                full.append(pool.number)
        return self._anybody(side, full)

    def keeps(self, owner: int, side: Side) -> bool:
        """Whether an owner keeps what is new at their account: here, or back before long."""
        person = self.people.get(owner)
        if person is None or side not in person.sides or person.firm is not None:
            return False
        return person.back_on is None or person.back_on - self.today <= TOO_LONG

    def pools_for(self, side: Side, facts: Facts) -> list[Pool]:
        """Return the pools that may take such a lead, in order."""
        key = tuple(facts.values.get(name) for name in self.asked)
        met = self._met.get(key)
        if met is None:
            those = [one for one in self.pools if self._meets(one, facts)]
            met = {each: [one for one in those if one.side is each] for each in Side}
            self._met[key] = met
        return met[side]

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Return the facts that the rules in force ask for."""
        return _fields_of(self.pools)

    def _meets(self, pool: Pool, facts: Facts) -> bool:
        if pool.clause is None:
            return True
        return evaluate(pool.clause, facts, ROUTING_FIELDS, self.moment).met

    def _from(self, pool: Pool, seat: Seat, full: list[int], *, over: bool = False) -> Given:
        how = How.TURN if pool.rule is None else How.RULE
        self._count(seat.person.id, how, free=not over)
        upto = (seat.turn or 0.0) - 1 / seat.weight
        passed = tuple((one.person.id, *one.person.passed_because()) for one in pool.passed(upto))
        return Given(
            side=pool.side,
            to=seat.person.id,
            how=how,
            rule=pool.rule,
            number=pool.number,
            firm=pool.firm,
            passed=() if over else passed,
            full=tuple(full),
            over=over,
        )

    def _anybody(self, side: Side, full: list[int]) -> Given | None:
        for pool in self.pools:
            if pool.side is side and pool.rule is None:
                seat = pool.anybody()
                return self._from(pool, seat, full, over=True) if seat else None
        return None

    def _count(self, member: int, how: How, *, free: bool = True) -> None:
        self.counted[member] = self.counted.get(member, 0) + 1
        if how in (How.ACCOUNT, How.BEFORE):
            person = self.people[member]
            if person.room is not None:
                person.room -= 1
        elif free:
            self.taken[member] = self.taken.get(member, 0) + 1


def _fields_of(pools: Iterable[Pool]) -> tuple[str, ...]:
    tests = (leaf for pool in pools if pool.clause for _, leaf in leaves(pool.clause))
    return tuple(sorted({one.field for one in tests if isinstance(one, FieldTest)}))


def routing_fields(of: Catalogue) -> Catalogue:
    """Return what a routing rule may ask, of a catalogue with a workspace's own choices."""
    return catalogue(of.fields[name] for name in ASKED)


ROUTING_FIELDS = routing_fields(LEAD_FIELDS)
