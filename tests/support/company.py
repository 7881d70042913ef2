"""What a company of a town changes about itself: programs, rules of routing, the agreement."""

from __future__ import annotations

from typing import Any

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.ruling import RuleShape, add_rule, move_rule, retire_rule
from leadfarm.leads.models import RoutingRule
from leadfarm.nurture.actions import (
    Hand,
    add_node,
    draft_of,
    make_program,
    publish,
    remove_node,
    set_conditions,
    shift_node,
)
from leadfarm.nurture.actions import leave as leave_program
from leadfarm.nurture.models import Enrolment, EnrolmentState, Program
from leadfarm.qualification.actions import draft, propose, sign
from leadfarm.rules.agreement import Promises
from leadfarm.rules.clauses import FieldTest, all_of, serialise
from leadfarm.rules.codes import Role
from leadfarm.rules.programs import NO_HAND_OFF
from leadfarm.rules.programs.shaping import Place
from tests.support.changes import EVERY_SIDE
from tests.support.town import Deed, Town

BUDGET, NEED = FieldTest("budget", "is_known"), FieldTest("need", "is_known")


def a_program_is_changed_and_published(town: Town) -> None:
    """A step comes, goes or moves; who is in it stays on the version they entered."""
    with town.world.inside():
        program, chance = town.program(), town.chance
        step = town.any_of(draft_of(program)["nodes"])["key"]
        how, hand = chance.randint(1, 4), Hand(Actor.of(town.here()), town.now)
        if how == 1:
            days = chance.choice([0, 1, 9])
            wait: dict[str, Any] = {"kind": "wait", "label": f"Wait {days} days", "days": days}
            add_node(program, wait, Place(before=step), hand)
        elif how == 2:
            shift_node(program, step, chance.choice([-1, 1]), hand)
        elif how == 3:
            remove_node(program, step, hand)
        else:
            clause = serialise(all_of(NEED))
            entry = chance.choice([None, clause])
            set_conditions(program, entry=entry, goal=None, reentry_days=30, hand=hand)
        publish(program, by=Actor.of(town.here()), now=town.now)


def a_program_is_made(town: Town) -> None:
    with town.world.inside():
        if Program.objects.of(town.workspace).count() > 6:
            raise LeadfarmError("There are enough.")
        name = f"Farm {town.number}"
        program = make_program(town.workspace.id, name, now=town.now, draft=NO_HAND_OFF)
        publish(program, by=Actor.of(town.here()), now=town.now)


def one_is_taken_out_of_a_program(town: Town) -> None:
    with town.world.inside():
        active = Enrolment.objects.of(town.workspace).filter(state=EnrolmentState.ACTIVE)
        one = town.any_of(active.select_related("program").order_by("id"))
        leave_program(one, by=Actor.of(town.here()), now=town.now)


def a_rule_comes_goes_or_moves(town: Town) -> None:
    with town.world.inside():
        rules = RoutingRule.objects.of(town.workspace).filter(retired_at=None).order_by("id")
        side, how = town.chance.choice(EVERY_SIDE), town.chance.randint(1, 4)
        if how == 1:
            retire_rule(town.any_of(rules), by=town.world.ada, now=town.now)
        elif how == 2:
            move_rule(town.any_of(rules), 1, by=town.world.ada, now=town.now)
        else:
            roles = [role for role in Role if role.side is side]
            seats = {town.here(*roles).id: 1, town.here(*roles).id: 2}
            shape = RuleShape(side, f"Rule {town.number}", all_of(NEED), None, seats)
            add_rule(shape, by=town.world.ada, now=town.now)


def the_agreement_is_renewed(town: Town) -> None:
    with town.world.inside():
        criteria = town.chance.choice([all_of(BUDGET), all_of(BUDGET, NEED)])
        by = town.here(Role.MANAGER)
        made = draft(town.workspace.id, criteria, Promises(), by=by, now=town.now)
        propose(made, by=by, now=town.now)
        sign(made, by=town.here(Role.MARKETER), now=town.now)
        sign(made, by=town.here(Role.SALES_REP), now=town.now)


THE_COMPANY_CHANGES: list[tuple[int, Deed]] = [
    (2, a_program_is_changed_and_published),
    (1, a_program_is_made),
    (1, one_is_taken_out_of_a_program),
    (1, a_rule_comes_goes_or_moves),
    (1, the_agreement_is_renewed),
]
