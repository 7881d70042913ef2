"""A town that lives at random: every verb of the product, by every role, on a virtual clock."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from leadfarm.access.actions import add_member
from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Member, User, Workspace
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Lead, Source, Standing
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.actions.ready_made import write_messages
from leadfarm.nurture.models import Program
from leadfarm.outreach.actions import save_sender
from leadfarm.project.ticking import TICKS
from leadfarm.rules.codes import Role
from leadfarm.rules.programs import NO_HAND_OFF
from tests.qualification.conftest import agree
from tests.world import World, make_world

Row = TypeVar("Row")
MORE = {"Pia": Role.PD, "Bea": Role.SALES_REP, "Cem": Role.SALES_REP, "Max": Role.MARKETER}


@dataclass
class Town:
    """A workspace with people and programs, the chance that plays with it, and what it did."""

    world: World
    chance: random.Random
    now: datetime
    people: list[Member]
    source: Source
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    number: int = 0
    # What deeds keep for themselves between two times.
    kept: dict[str, object] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """Return the workspace."""
        return self.world.workspace

    def here(self, *roles: Role) -> Member:
        """Return one of the members of these roles who is here, of ours."""
        present = Member.objects.of(self.workspace).filter(left_at=None, firm_id=None)
        found = list(present.filter(role__in=roles or list(Role)).order_by("id"))
        return self.chance.choice(found or [self.world.ada])

    def lead(self, *stages: int) -> Lead:
        """Return one of the leads at these stages (any, without); LeadfarmError where none is."""
        standings = Standing.objects.of(self.workspace)
        if stages:
            standings = standings.filter(stage__in=stages)
        one = self.any_of(standings.order_by("lead_id").values_list("lead_id", flat=True))
        return Lead.objects.of(self.workspace).select_related("contact").get(id=one)

    def any_of(self, rows: Iterable[Row]) -> Row:
        """Return one of these rows, given in an order; LeadfarmError where there is none."""
        found = list(rows)
        if not found:
            raise LeadfarmError("There is nothing of the kind.")
        return self.chance.choice(found)

    def program(self) -> Program:
        """Return one of the programs."""
        return self.any_of(Program.objects.of(self.workspace).order_by("id"))

    def address(self) -> str:
        """Return the address of one of the people who may come, of whom some know each other."""
        number = self.chance.randint(1, 120)
        return f"person{number}@firm{number % 40}.example"

    def ticks(self) -> None:
        """Let everything happen that happens by itself but the nightly look for duplicates."""
        with self.world.as_worker():
            for name, tick in TICKS.items():
                if name != "find-duplicates":
                    tick(self.workspace, self.now)

    def day(self, least: int = 1, most: int = 40) -> datetime:
        """Return some day ahead."""
        return self.now + timedelta(days=self.chance.randint(least, most))


Deed = Callable[[Town], object]


def found_town(seed: int) -> Town:
    """Return a town at its beginning: an agreement in force, a program, ten people, a firm."""
    world, chance = make_world(), random.Random(seed)
    with world.inside():
        Workspace.objects.filter(id=world.workspace.id).update(is_demo=True)
        world.workspace.refresh_from_db()
        agree(world)
        write_messages(world.workspace.id, world.now, SCHEDULE)
        save_sender(
            world.workspace, name="Norrvik", address="hello@norrvik.example", postal_address="A 1"
        )
        program = make_program(world.workspace.id, "Farm", now=world.now, draft=NO_HAND_OFF)
        publish(program, by=SCHEDULE, now=world.now)
        more = [_member(world, name, role) for name, role in MORE.items()]
        source = world.source("Fair")
        Source.objects.filter(id=source.id).update(greeting_team=world.firm)
    people = [*world.everybody().values(), *more]
    return Town(world, chance, world.now, people, source)


def _member(world: World, name: str, role: Role) -> Member:
    address = f"{name.lower()}-{world.slug}@norrvik.example"
    user = User.objects.create_user(address, name=name, date_joined=world.now)
    return add_member(world.workspace, user, role, now=world.now)


def live(town: Town, deeds: list[tuple[int, Deed]], operations: int) -> None:
    """Let so many operations happen; what is refused in words is counted, all else fails."""
    weights = [weight for weight, _ in deeds]
    for _ in range(operations):
        town.now += timedelta(minutes=town.chance.choice([1, 5, 20, 90, 600]))
        town.number += 1
        (deed,) = town.chance.choices([one for _, one in deeds], weights)
        name = deed.__name__.replace("_", " ")
        try:
            deed(town)
        except LeadfarmError:
            town.refused[name] += 1
        else:
            town.done[name] += 1
