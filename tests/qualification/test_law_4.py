"""Interest is not readiness: every path to Sales-ready is tried (law 4, S0-3, S3-7)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from leadfarm.access.actors import IMPORT, PROGRAM, Actor
from leadfarm.leads.actions import move, plan_review
from leadfarm.leads.models import Lead, StageChange, Standing
from leadfarm.qualification.actions import NothingInForce, NotReady, deliver
from leadfarm.qualification.models import Delivery
from leadfarm.qualification.readiness import in_force
from leadfarm.rules.codes import Origin, Side
from leadfarm.rules.stages import Stage
from tests.qualification.conftest import ready_lead, talk
from tests.world import World


def test_s3_7_nothing_is_delivered_before_a_definition_is_in_force(inside: World) -> None:
    lead = ready_lead(inside)
    with pytest.raises(NothingInForce, match="Agreement page"):
        deliver(lead, by=Actor.of(inside.ana), now=inside.now)


def test_s0_3_a_lead_that_meets_the_definition_is_delivered(agreed: World) -> None:
    lead = ready_lead(agreed)
    delivery = deliver(lead, by=Actor.of(agreed.ana), now=agreed.now)
    standing = agreed.standing(lead)
    assert Stage(standing.stage) is Stage.SALES_READY
    assert Side(standing.whose_move) is Side.SALES
    assert standing.next_owner_id == agreed.tomas.id
    assert [reason["truth"] for reason in delivery.criteria["reasons"]] == ["met"] * 3
    assert [check["check"] for check in delivery.criteria["checks"]] == [
        "Qualified",
        "Nurtured",
        "Ready to begin closing",
    ]
    assert delivery.criteria["reasons"][1]["evidence"].startswith("touch-")


def test_s0_3_forcing_an_inquiry_names_the_missing_criteria(agreed: World) -> None:
    lead = agreed.captures()
    with pytest.raises(NotReady) as refused:
        deliver(lead, by=Actor.of(agreed.dora), now=agreed.now)
    said = str(refused.value)
    assert "the need is known" in said
    assert "was found open to it in a talk" in said
    assert "budget is known" in said


@pytest.mark.parametrize("actor", [IMPORT, PROGRAM, Actor("api"), Actor("form")])
def test_s0_3_no_hand_moves_a_lead_to_sales_ready(agreed: World, actor: Actor) -> None:
    lead = ready_lead(agreed)
    step = plan_review(Side.SALES, agreed.now + timedelta(days=1), "forced")
    with pytest.raises(IntegrityError, match="without a delivery"), transaction.atomic():
        move(lead, to=Stage.SALES_READY, by=actor, because="x", now=agreed.now, next_step=step)
    assert Stage(agreed.standing(lead).stage) is Stage.INQUIRY


@pytest.mark.parametrize(
    "stage", [Stage.SALES_READY, Stage.ACCEPTED, Stage.QUALIFIED, Stage.WON, Stage.LOST]
)
def test_s0_3_no_bare_update_makes_it_so(agreed: World, stage: Stage) -> None:
    ready_lead(agreed)
    with pytest.raises(IntegrityError, match="without a delivery"), transaction.atomic():
        Standing.objects.of(agreed.workspace).update(
            stage=stage, recheck_rule=3, closed_because="x", stage_since=agreed.now
        )


def test_s0_3_an_imported_flag_after_the_go_live_forces_nothing(agreed: World) -> None:
    lead = ready_lead(agreed)
    Lead.objects.of(agreed.workspace).filter(id=lead.id).update(origin=Origin.IMPORTED, amount=5)
    mine = Standing.objects.of(agreed.workspace).filter(lead_id=lead.id)
    with pytest.raises(IntegrityError, match="without a delivery"), transaction.atomic():
        mine.update(stage=Stage.QUALIFIED, stage_since=agreed.now)
    with pytest.raises(IntegrityError, match="without a delivery"), transaction.atomic():
        mine.update(stage=Stage.SALES_READY, stage_since=agreed.now - timedelta(days=99))
    mine.update(stage=Stage.QUALIFIED, stage_since=agreed.now - timedelta(days=99))


def test_law_4_a_stage_change_to_sales_ready_needs_its_delivery(agreed: World) -> None:
    lead = ready_lead(agreed)
    change = StageChange(
        workspace=agreed.workspace,
        lead=lead,
        from_stage=Stage.INQUIRY,
        to_stage=Stage.SALES_READY,
        happened_at=agreed.now,
        known_at=agreed.now,
        recorded_at=agreed.now,
        actor_kind="api",
        because="forced",
    )
    with pytest.raises(IntegrityError, match="no delivery"), transaction.atomic():
        change.save(force_insert=True)


def test_s1_14_a_forged_delivery_names_what_is_missing(agreed: World) -> None:
    lead = agreed.captures()
    with pytest.raises(IntegrityError, match="a need is named; one of us has spoken"):
        forge(agreed, lead)


def test_s1_14_without_a_need_there_is_no_delivery(agreed: World) -> None:
    lead = ready_lead(agreed)
    Lead.objects.of(agreed.workspace).filter(id=lead.id).update(need="")
    with pytest.raises(NotReady, match="the need is known"):
        deliver(lead, by=Actor.of(agreed.ana), now=agreed.now)
    with pytest.raises(IntegrityError, match="a need is named"):
        forge(agreed, lead)


def forge(world: World, lead: Lead) -> None:
    """Write a delivery past every function."""
    definition = in_force(world.workspace.id)
    assert definition is not None
    with transaction.atomic():
        Delivery.objects.create(
            workspace=world.workspace,
            lead=lead,
            definition=definition,
            criteria={"truth": "met", "reasons": []},
            actor_kind="api",
            at=world.now,
            due_at=world.now,
        )


def test_law_4_yesterdays_delivery_makes_nothing_sales_ready_today(world: World) -> None:
    from tests.qualification.conftest import agree

    with world.inside():
        agree(world)
        lead = ready_lead(world)
        deliver(lead, by=Actor.of(world.ana), now=world.now)
        step = plan_review(Side.MARKETING, world.now, "taken back")
        move(
            lead,
            to=Stage.NURTURING,
            by=Actor("schedule"),
            because="Lapsed",
            now=world.now,
            next_step=step,
        )
    with pytest.raises(DatabaseError, match="without a delivery"), world.inside():
        Standing.objects.of(world.workspace).update(stage=Stage.SALES_READY)


def test_s0_3_a_thousand_inquiries_are_no_sales_ready_leads(agreed: World) -> None:
    from leadfarm.qualification.ticks import deliver_ready

    first = agreed.captures("Ina Quirer", need="")
    talk(agreed, first)  # a talk, but no need
    copies(agreed, first, 1_000)
    assert deliver_ready(agreed.workspace.id, now=agreed.now) == 0
    stages = set(Standing.objects.of(agreed.workspace).values_list("stage", flat=True))
    assert stages == {Stage.INQUIRY}
    assert Standing.objects.of(agreed.workspace).count() == 1_001
    with pytest.raises(IntegrityError, match="without a delivery"), transaction.atomic():
        Standing.objects.of(agreed.workspace).update(stage=Stage.SALES_READY)


def copies(world: World, like: Lead, number: int) -> None:
    """Make that many inquiry-only leads at once, each with a download and a need in words."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO leads_lead (workspace_id, external_id, title, need, origin, entered_at,
                       known_at, recorded_at)
                SELECT %(home)s, 'inquiry-' || n, 'Wants to learn more',
                       CASE WHEN n %% 2 = 0 THEN 'To learn more' ELSE '' END, 1, %(now)s, %(now)s,
                       %(now)s
                  FROM generate_series(1, %(number)s) n RETURNING id),
            touched AS (
                INSERT INTO leads_touch (workspace_id, lead_id, kind, by_machine,
                       happened_at, known_at, recorded_at)
                SELECT %(home)s, made.id, kind, false, %(now)s, %(now)s, %(now)s
                  FROM made, unnest(array[1, 2, 3, 7]) kind)
            INSERT INTO leads_standing (workspace_id, lead_id, stage, stage_since, whose_move,
                   next_kind, next_side, next_why, next_at, closed_because, heat)
            SELECT %(home)s, id, 2, %(now)s, 2, 3, 2, 'judge it', %(now)s, '', 90 FROM made
            """,
            {"home": world.workspace.id, "now": world.now, "number": number},
        )
