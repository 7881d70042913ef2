"""A simulated company is the same again from the same seed, keeps the laws, and shows its truth."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from leadfarm.access.walls import within
from leadfarm.leads.models import Contact, Finding, Lead, Standing, Task, Touch
from leadfarm.rules.stages import OPEN, Stage
from leadfarm.simulation.cast import SOURCES, Fate, prospects
from leadfarm.simulation.history import Story, simulate
from leadfarm.simulation.months import Life
from tests.lawful import broken_in

END = datetime(2026, 9, 16, 11, 0, tzinfo=UTC)


def lived(leads: int, months: int, seed: int = 5) -> Life:
    """Return the life of a new workspace."""
    slug = f"sim-{secrets.token_hex(4)}"
    return simulate(Story(slug, leads, months, seed, END))


def told(life: Life) -> list[tuple[object, ...]]:
    """Return the history of every lead without ids: what a second run must repeat."""
    with within(life.workspace_id):
        numbers = {lead_id: one.number for lead_id, one in life.by_lead.items()}
        touches = Touch.objects.of(life.workspace_id).values_list(
            "lead_id", "kind", "disposition", "happened_at"
        )
        return sorted(
            (numbers[lead], kind, disposition or 0, at) for lead, kind, disposition, at in touches
        )


def test_the_same_seed_lives_the_same_months(database: str) -> None:
    """Thread 10: leads, their touches and dispositions are repeated by the seed, not by chance."""
    first, second = lived(6, 1), lived(6, 1)
    assert [one.as_json() for one in first.prospects] == [one.as_json() for one in second.prospects]
    assert told(first) == told(second)
    assert told(first)


def test_a_simulated_company_keeps_every_law(database: str) -> None:
    """S1-7 and the doctor: every open lead has its one next step; nothing else is broken."""
    life = lived(20, 2)
    with within(life.workspace_id):
        standings = Standing.objects.of(life.workspace_id).filter(stage__in=OPEN)
        assert standings.exists()
        assert not standings.filter(next_kind=None).exists()
        assert Finding.objects.of(life.workspace_id).count() > 5
        assert Task.objects.of(life.workspace_id).filter(done_at__isnull=False).count() > 20
        assert Contact.objects.of(life.workspace_id).count() == 20
        assert 17 <= Lead.objects.of(life.workspace_id).count() <= 20
    assert broken_in(life.workspace_id) == []


def test_nothing_is_sold_to_who_can_never_buy(database: str) -> None:
    """The truth shows in the outcome: no unfit prospect becomes an opportunity."""
    life = lived(16, 4, seed=9)
    with within(life.workspace_id):
        stages = dict(Standing.objects.of(life.workspace_id).values_list("lead_id", "stage"))
    late = {Stage.SALES_READY, Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON}
    sold = {life.by_lead[lead].fate for lead, stage in stages.items() if Stage(stage) in late}
    assert Fate.UNFIT not in sold
    assert Fate.BUYS in sold


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_each_source_is_as_good_as_planted(source: object) -> None:
    """Over many leads the share of buyers of a source is the planted one, within its interval."""
    cast = prospects(3, 4000, END - timedelta(days=365), END)
    mine = [one for one in cast if one.source is source]
    share = sum(one.fate is Fate.BUYS for one in mine) / len(mine)
    planted = mine[0].source.buys
    assert abs(share - planted) < 3.3 * (planted * (1 - planted) / len(mine)) ** 0.5


def test_nobody_of_the_cast_can_be_reached() -> None:
    """People live under .example and have numbers that are kept free for fiction."""
    from leadfarm.simulation.cast.names import PHONES

    starts = tuple(p.split("{")[0] for many in PHONES.values() for p in many)
    for one in prospects(4, 300, END - timedelta(days=365), END):
        assert one.person.email.endswith(".example")
        assert not one.person.phone or one.person.phone.startswith(starts)
