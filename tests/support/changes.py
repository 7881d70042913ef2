"""What changes about people in a town: who has which lead, who is away, leaves, comes back."""

from __future__ import annotations

from datetime import timedelta

from leadfarm.access.actions import add_member, change_role, leave
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Team
from leadfarm.leads.actions.assigning import Target, Those, assign, give_one
from leadfarm.leads.actions.being_away import be_away, be_back, hand_tasks, put_tasks_off
from leadfarm.leads.actions.handing_on import take_back
from leadfarm.leads.models import Assignment, TimeOff, Workload
from leadfarm.rules.codes import Role, Side
from tests.support.town import Deed, Town

EVERY_SIDE = (Side.MARKETING, Side.PD, Side.SALES)


def many_are_assigned(town: Town) -> None:
    chance = town.chance
    with town.world.inside():
        side, by = chance.choice(EVERY_SIDE), Actor.of(town.here(Role.MANAGER))
        firm = Team.objects.get(id=town.world.firm.id)
        who = town.here(next(role for role in Role if role.side is side))
        to = chance.choice([Target(side), Target(side, member=who.id), Target(Side.PD, team=firm)])
        those = Those("lead.id %% 5 = %(part)s", {"part": chance.randint(0, 4)})
        assign(town.workspace, those, to, by=by, now=town.now)


def one_is_given_to_somebody(town: Town) -> None:
    with town.world.inside():
        side = town.chance.choice(EVERY_SIDE)
        give_one(town.lead(), side, town.here(), by=Actor.of(town.here()), now=town.now)


def an_assignment_is_taken_back(town: Town) -> None:
    with town.world.inside():
        made = Assignment.objects.of(town.workspace).exclude(member=None).order_by("-id")[:30]
        one = town.any_of(made)
        by = Actor("member", one.member_id)
        take_back(town.workspace.id, at=one.recorded_at, by=by, made_by=one.member_id)


def somebody_is_away(town: Town) -> None:
    """Time off is entered, and what falls into it given to somebody, put off, or left."""
    with town.world.inside():
        who, how = town.here(), town.chance.randint(1, 3)
        day = town.now.date() + timedelta(days=town.chance.randint(0, 3))
        last = day + timedelta(days=town.chance.randint(0, 12))
        away = be_away(who, day, last, by=town.world.ada, now=town.now)
        if how == 1:
            hand_tasks(away, town.workspace, town.here())
        elif how == 2:
            put_tasks_off(away, town.workspace, now=town.now)


def somebody_is_back_early(town: Town) -> None:
    with town.world.inside():
        be_back(town.any_of(TimeOff.objects.of(town.workspace).order_by("-id")[:9]), now=town.now)


def somebody_changes_their_limits(town: Town) -> None:
    with town.world.inside():
        limit = town.chance.choice([None, 0, 1, 5])
        limits = {"most_a_day": limit, "most_open": town.chance.choice([None, 10])}
        Workload.objects.update_or_create(
            workspace=town.workspace, member=town.here(), defaults=limits
        )


def somebody_leaves(town: Town) -> None:
    with town.world.inside():
        who = town.here(Role.MARKETER, Role.PD, Role.SALES_REP)
        leave(who, by=Actor.of(town.world.ada), now=town.now)


def somebody_comes_back(town: Town) -> None:
    ids = [one.id for one in town.people]
    with town.world.inside():
        gone = Member.objects.filter(id__in=ids).exclude(left_at=None).order_by("id")
        who, by = town.any_of(gone), Actor.of(town.world.ada)
        role = Role(who.role)
        add_member(town.workspace, who.user, role, team=who.team, by=by, now=town.now)


def somebody_changes_sides(town: Town) -> None:
    with town.world.inside():
        who = town.here(Role.MARKETER, Role.PD, Role.SALES_REP)
        role = town.chance.choice([Role.MARKETER, Role.PD, Role.SALES_REP])
        change_role(who, role, None, by=Actor.of(town.world.ada), now=town.now)


PEOPLE_CHANGE: list[tuple[int, Deed]] = [
    (2, many_are_assigned),
    (3, one_is_given_to_somebody),
    (1, an_assignment_is_taken_back),
    (2, somebody_is_away),
    (1, somebody_is_back_early),
    (2, somebody_changes_their_limits),
    (1, somebody_leaves),
    (2, somebody_comes_back),
    (1, somebody_changes_sides),
]
