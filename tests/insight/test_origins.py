"""Sources and campaigns: what they brought and what it cost (D-1, S0-2, S0-6, S1-12)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leadfarm.access.actors import Actor
from leadfarm.insight.queries.origins import origins, total
from leadfarm.insight.queries.period import all_time
from leadfarm.intake.models import Spend
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Lead, StageChange
from leadfarm.rules.codes import Origin
from leadfarm.rules.stages import Stage, passed_stages
from leadfarm.rules.touch_kinds import TouchKind
from tests.world import World


def reaches(world: World, lead: Lead, stage: Stage, days: int = 10) -> None:
    """Write the history an imported outcome has: all stages passed, on one day."""
    Lead.objects.of(world.workspace).filter(id=lead.id).update(origin=Origin.IMPORTED)
    at = lead.entered_at + timedelta(days=days)
    known = {"known_at": world.now, "recorded_at": world.now, "because": "told by a file"}
    for passed in passed_stages(stage):
        StageChange.objects.create(
            workspace=world.workspace,
            lead=lead,
            to_stage=passed,
            origin=Origin.IMPORTED,
            happened_at=at,
            actor_kind="import",
            **known,
        )


def spend(world: World, source: str, amount: str) -> None:
    day = world.now.date()
    Spend.objects.create(
        workspace=world.workspace,
        source=world.source(source),
        kind=1,
        amount=Decimal(amount),
        from_day=day - timedelta(days=9),
        until_day=day,
        recorded_at=world.now,
    )


@pytest.fixture
def fair(inside: World) -> World:
    """24 qualified of 30 leads from a fair that cost 60,000, and 12 leads from a list."""
    early = inside.now - timedelta(days=40)
    for number in range(30):
        lead = inside.captures(f"Visitor {number}", of=f"Works {number}", at=early, source="Fair")
        if number < 24:
            reaches(inside, lead, Stage.WON if number < 5 else Stage.QUALIFIED)
    for number in range(12):
        inside.captures(f"Name {number}", of=f"List {number}", at=early, source="Bought list")
    spend(inside, "Fair", "60000")
    spend(inside, "Bought list", "900")
    return inside


def test_d_1_cost_per_qualified_opportunity(fair: World) -> None:
    found = {one.name: one for one in origins(fair.workspace, all_time(fair.now), "source")}
    assert found["Fair"].cost_per_qualified == Decimal("2500.00")
    assert found["Bought list"].cost_per_qualified is None


def test_s0_2_one_more_outcome_changes_the_cost_of_its_source(fair: World) -> None:
    lead = fair.captures("Late Visitor", source="Fair", at=fair.now - timedelta(days=30))
    reaches(fair, lead, Stage.QUALIFIED)
    found = {one.name: one for one in origins(fair.workspace, all_time(fair.now), "source")}
    assert found["Fair"].cost_per_qualified == Decimal("2400.00")


def test_s0_2_spend_over_sources_reconciles_to_the_cent(fair: World) -> None:
    whole = total(origins(fair.workspace, all_time(fair.now), "source"))
    assert whole.cost == Decimal("60900.00")
    assert (whole.leads, whole.qualified, whole.won) == (42, 24, 5)


def test_s0_6_cheap_leads_never_come_first(fair: World) -> None:
    assert [one.name for one in origins(fair.workspace, all_time(fair.now), "source")] == [
        "Fair",
        "Bought list",
    ]


def test_s1_9_the_contact_rate_of_a_source(fair: World) -> None:
    """S1-9: whom one of us called counts once, whom a machine wrote to does not."""
    first, second, *_ = Lead.objects.of(fair.workspace).filter(source__name="Fair").order_by("id")
    ana, machine, at = Actor.of(fair.ana), Actor("program"), fair.now
    for kind in (TouchKind.MAIL_BY_HAND, TouchKind.MEETING):
        record_touch(first, kind, happened_at=at, now=at, actor=ana)
    record_touch(second, TouchKind.MAIL_SENT, happened_at=at, now=at, actor=machine)
    found = {one.name: one for one in origins(fair.workspace, all_time(fair.now), "source")}
    assert found["Fair"].contacted == 1
    assert found["Fair"].contact_rate.value == pytest.approx(1 / 30)
    assert found["Bought list"].contact_rate.value == 0


def test_s0_7_intake_where_nothing_happened_next_is_marked(fair: World) -> None:
    found = {one.name: one for one in origins(fair.workspace, all_time(fair.now), "source")}
    assert found["Bought list"].next_is_missing


def test_the_blank_source_is_one_source(inside: World) -> None:
    early = inside.now - timedelta(days=1)
    inside.captures("No Source", source="", at=early)
    inside.captures("Fair Visitor", source="Fair", at=early)
    found = origins(inside.workspace, all_time(inside.now), "source")
    assert sorted(one.name for one in found) == ["", "Fair"]
    assert total(found).leads == 2


def test_s1_12_a_wide_interval_is_too_few_to_tell(inside: World) -> None:
    for number in range(4):
        inside.captures(f"Guest {number}", source="Dinner", at=inside.now - timedelta(days=3))
    (dinner,) = origins(inside.workspace, all_time(inside.now), "source")
    assert dinner.won_rate.is_too_few


def test_median_days_to_win_leaves_out_wins_before_the_first_contact(inside: World) -> None:
    early = inside.now - timedelta(days=90)
    for days in (-3, 14, 20):
        lead = inside.captures(f"Buyer {days}", at=early)
        reaches(inside, lead, Stage.WON, days)
    (web,) = origins(inside.workspace, all_time(inside.now), "source")
    assert (web.won, web.median_days_to_win) == (3, 17.0)


def test_ux_14_the_pages_show_a_period(world: World) -> None:
    client = world.client(world.mei)
    for path in (
        "campaigns/",
        "campaigns/?by=campaign&from=2026-01-01&until=nonsense",
        "scoreboard/",
    ):
        assert client.get(world.address(path)).status_code == 200


def test_law_10_a_share_stands_in_figures_beside_its_mark(world: World) -> None:
    early = world.now - timedelta(days=40)
    with world.inside():
        for number in range(12):
            reaches(world, world.captures(f"Guest {number}", at=early), Stage.QUALIFIED)
    where = world.address("campaigns/?from=2026-01-01")
    page = world.client(world.mei).get(where).content.decode()
    cell = page.partition('data-label="Share qualified">')[2].partition("</td>")[0]
    assert ">100.0 %<" in cell
    assert "<svg" in cell
