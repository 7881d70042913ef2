"""Property: the list under a clause holds exactly the leads the clause is met for (DESIGN 6)."""

import random
from datetime import timedelta
from decimal import Decimal

from django.db import connection

from leadfarm.leads.models import Lead, Standing, Touch
from leadfarm.leads.queries.catalogue import fields_of, moment_of
from leadfarm.leads.queries.listing import sorts
from leadfarm.leads.queries.listing.page import Which, find_page
from leadfarm.leads.queries.listing.words import Words
from leadfarm.rules.clauses import (
    EventTest,
    Facts,
    FieldTest,
    Group,
    Period,
    TouchFact,
    evaluate,
    raw_facts,
)
from leadfarm.rules.heat import threshold
from tests.world import World

LEAVES = (
    FieldTest("stage", "is", "inquiry"),
    FieldTest("stage", "at_least", "nurturing"),
    FieldTest("fit_letter", "at_least", "b"),
    FieldTest("fit", "is_unknown"),
    FieldTest("heat", "at_least", 40),
    FieldTest("heat", "less_than", 10),
    FieldTest("need", "contains", "spares"),
    FieldTest("need", "is_not", "spares take too long"),
    FieldTest("amount", "between", (1000, 2000)),
    FieldTest("next_step_due", "within_next", Period(2)),
    FieldTest("entered", "at_most", 3),
    FieldTest("marketing_owner", "is_known"),
    EventTest("form", within_days=2),
    EventTest("hand-raise", did=False),
)


def make_leads(world: World, dice: random.Random) -> list[Lead]:
    leads = []
    for number in range(10):
        at = world.now - timedelta(days=dice.randint(0, 6))
        need = dice.choice(["", "Spares take too long", "Energy"])
        lead = world.captures(f"Person {number}", at=at, need=need)
        amount = dice.choice([None, Decimal(500), Decimal(1500)])
        Lead.objects.of(world.workspace).filter(id=lead.id).update(amount=amount)
        heat = threshold(dice.randint(1, 90), world.now, timedelta(days=30))
        Standing.objects.of(world.workspace).filter(lead_id=lead.id).update(
            stage=dice.choice([1, 2, 3]),
            fit=dice.choice([None, 20, 65, 90]),
            heat=dice.choice([None, heat]),
            next_at=world.now + timedelta(days=dice.randint(-1, 5)),
        )
        leads.append(lead)
    return leads


def facts_of(world: World, lead: Lead) -> Facts:
    catalogue, moment = fields_of(world.workspace), moment_of(world.workspace, world.now)
    names = {leaf.field for leaf in LEAVES if isinstance(leaf, FieldTest)}
    columns, params = raw_facts(names, catalogue, moment, world.workspace.id)
    statement = (
        f"SELECT {columns} FROM leads_lead lead JOIN leads_standing standing ON lead_id = lead.id"
        " WHERE lead.id = %(lead)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**params, "lead": lead.id})
        values = dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))
    touches = [
        TouchFact(each.kind, each.happened_at, each.known_at, not each.by_machine)
        for each in Touch.objects.of(world.workspace).filter(lead_id=lead.id)
    ]
    return Facts(values, touches)


def draw_clause(dice: random.Random, depth: int = 0) -> Group:
    members = [
        draw_clause(dice, depth + 1) if depth < 2 and dice.random() < 0.3 else dice.choice(LEAVES)
        for _ in range(dice.randint(1, 3))
    ]
    return Group(dice.choice(["all", "any", "none"]), tuple(members))


def test_the_list_under_a_clause_is_what_the_clause_is_met_for(inside: World) -> None:
    dice = random.Random(20260302)
    facts = {lead.id: facts_of(inside, lead) for lead in make_leads(inside, dice)}
    catalogue, moment = fields_of(inside.workspace), moment_of(inside.workspace, inside.now)
    sizes = set()
    for _ in range(60):
        clause = draw_clause(dice)
        which = Which(inside.workspace.id, clause, catalogue, moment, Words())
        order = sorts.read_order(dice.choice(["next", "-heat", "stage", "-amount", "account"]))
        page = find_page(which, order, None)
        met = {key for key, each in facts.items() if evaluate(clause, each, catalogue, moment).met}
        assert set(page.ids) == met, clause
        assert page.count == len(met)
        sizes.add(len(met))
    assert len(sizes) > 3
