"""A split sends each lead its own way, in proportion, and the held-out ones nowhere (S0-8)."""

from collections import Counter
from typing import Any

from leadfarm.access.actors import SCHEDULE
from leadfarm.leads.models import Lead
from leadfarm.nurture.actions import make_program, publish
from leadfarm.nurture.models import Enrolment, StepLog
from leadfarm.nurture.ticks import enrol, tick
from leadfarm.rules.programs.splitting import bands, place_of
from tests.nurture.checking import stranded
from tests.world import World

SHARES = {"case": 60, "guide": 30, "holdout": 10}
TREE: dict[str, Any] = {
    "nodes": [
        {
            "key": "fork", "kind": "split", "label": "Case or guide", "shares": SHARES,
            "order": ["case", "guide", "holdout"],
            "ways": {
                "case": [{"key": "w1", "kind": "wait", "label": "Wait", "days": 1}],
                "guide": [{"key": "w2", "kind": "wait", "label": "Wait", "days": 2}],
                "holdout": [{"key": "x", "kind": "exit", "label": "Held out", "reason": "Held"}],
            },
        },
        {"key": "out", "kind": "exit", "label": "Out", "reason": "Over"},
    ]
}  # fmt: skip
WAYS_TO = {"case": "w1", "guide": "w2", "holdout": "x"}


def test_s0_8_both_voices_agree_where_a_lead_goes_and_every_lead_goes_somewhere(world: World):
    with world.inside():
        program = make_program(world.workspace.id, "Split", now=world.now, draft=TREE)
        publish(program, by=SCHEDULE, now=world.now)
        leads = [world.captures(f"Person {n}").id for n in range(60)]
        assert enrol(program, leads, world.now) == 60
        tick(world.workspace.id, world.now)
        first = StepLog.objects.of(world.workspace).filter(number=1)
        lead_of = dict(Enrolment.objects.of(world.workspace).values_list("id", "lead_id"))
        taken = {lead_of[row.enrolment_id]: row.way for row in first}
    edges = bands(TREE["nodes"][0])
    assert [(way, last - first) for way, first, last in edges] == [
        ("case", 6_000), ("guide", 3_000), ("holdout", 1_000),
    ]  # fmt: skip
    said = {
        lead_id: next(way for way, first, last in edges if first <= place < last)
        for lead_id in leads
        for place in [place_of(program.id, "fork", lead_id)]
    }
    assert taken == said
    with world.inside():
        assert stranded(world.workspace.id) == []


def test_shares_are_kept_over_many_leads_and_a_lead_keeps_its_way():
    places = [place_of(7, "fork", lead) for lead in range(1, 20_001)]
    counts = Counter(place // 1_000 for place in places)
    assert all(abs(counts[band] - 2_000) < 170 for band in range(10)), "within four deviations"
    assert place_of(7, "fork", 5) == places[4]
    assert place_of(8, "fork", 5) != place_of(7, "fork", 5) != place_of(7, "other", 5)


def test_who_is_held_out_gets_nothing_and_keeps_a_next_step(world: World):
    held = {**TREE["nodes"][0], "shares": {"case": 1, "guide": 1, "holdout": 98}}
    tree = {"nodes": [held, TREE["nodes"][1]]}
    with world.inside():
        program = make_program(world.workspace.id, "Held", now=world.now, draft=tree)
        publish(program, by=SCHEDULE, now=world.now)
        leads = [world.captures(f"Person {n}").id for n in range(12)]
        enrol(program, leads, world.now)
        tick(world.workspace.id, world.now)
        ended = Enrolment.objects.of(world.workspace).exclude(ended_at=None)
        assert ended.count() >= 8
        gone = Lead.objects.of(world.workspace).filter(id__in=ended.values("lead_id"))
        assert {world.standing(lead).next_why for lead in gone} == {"Held"}
