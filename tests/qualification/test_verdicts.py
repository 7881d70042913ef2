"""Accept, reject, disqualify, recycle: four different verbs (S3-2); then the way to the order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, User
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import Fact, StageHasMoved, learn
from leadfarm.leads.models import Finding, Lead, Task
from leadfarm.qualification.actions import (
    AnsweredAlready,
    Recheck,
    Rejection,
    accept,
    deliver,
    disqualify,
    lose,
    qualify,
    recycle,
    reject,
    reopen,
    win,
)
from leadfarm.qualification.models import Delivery, Verdict
from leadfarm.qualification.ticks import deliver_ready
from leadfarm.rules.codes import (
    DisqualifyReason,
    FindingSection,
    ForecastCategory,
    LossReason,
    NextKind,
    RecheckRule,
    RecycleReason,
    RejectReason,
    Role,
    Side,
    TaskKind,
    VerdictKind,
)
from leadfarm.rules.stages import Stage
from tests.qualification.conftest import ready_lead, talk
from tests.world import World

TODAY = date(2026, 3, 2)


def delivered(world: World) -> Lead:
    """Return a lead that waits for the answer of sales."""
    lead = ready_lead(world)
    deliver(lead, by=Actor.of(world.ana), now=world.now)
    return lead


def accepted(world: World) -> Lead:
    """Return a lead that sales accepted and then spoke with."""
    lead = delivered(world)
    accept(lead, by=world.tomas, now=world.now)
    talk(world, lead, minutes=90, by="tomas")
    return lead


def opportunity(world: World) -> Lead:
    """Return a qualified lead."""
    lead = accepted(world)
    qualify(
        lead,
        amount=Decimal(48_000),
        close_on=TODAY + timedelta(days=60),
        forecast=ForecastCategory.BEST_CASE,
        by=Actor.of(world.tomas),
        now=world.now + timedelta(hours=2),
    )
    return lead


def stage_of(world: World, lead: Lead) -> Stage:
    """Return where the lead stands now."""
    return Stage(world.standing(lead).stage)


def test_s3_2_acceptance_plans_the_first_conversation(agreed: World) -> None:
    lead = delivered(agreed)
    verdict = accept(lead, by=agreed.tomas, now=agreed.now, text="Good one")
    standing = agreed.standing(lead)
    assert stage_of(agreed, lead) is Stage.ACCEPTED
    task = Task.objects.of(agreed.workspace).get(id=standing.task_id)
    assert (TaskKind(task.kind), task.owner_id) == (TaskKind.CALL, agreed.tomas.id)
    assert verdict.text is not None
    assert verdict.text.body == "Good one"


def test_s3_2_the_second_answer_reads_who_was_first_and_when(agreed: World) -> None:
    lead = delivered(agreed)
    accept(lead, by=agreed.tomas, now=agreed.now)
    with pytest.raises(AnsweredAlready, match=r"accepted by Tomas Okafor on 2 March 2026 at 10:00"):
        accept(lead, by=agreed.dora, now=agreed.now)
    with pytest.raises(AnsweredAlready, match="Tomas Okafor"):
        reject(lead, Rejection(RejectReason.FAULTY_RECORD), by=agreed.dora, now=agreed.now)


@pytest.mark.parametrize(
    ("reason", "move", "kind"),
    [
        (RejectReason.FAULTY_RECORD, Side.PD, NextKind.TASK),
        (RejectReason.CRITERION_NOT_MET, Side.MARKETING, NextKind.REVIEW),
    ],
)
def test_s3_2_a_rejection_goes_back_by_its_kind(
    agreed: World, reason: RejectReason, move: Side, kind: NextKind
) -> None:
    lead = delivered(agreed)
    reject(lead, Rejection(reason, criterion=2), by=agreed.tomas, now=agreed.now)
    standing = agreed.standing(lead)
    assert stage_of(agreed, lead) is Stage.NURTURING
    assert (standing.whose_move, standing.next_kind) == (move, kind)


def test_s3_2_a_misrouted_lead_goes_to_another_rep_with_a_clock_of_its_own(agreed: World) -> None:
    lead = delivered(agreed)
    ines = another_rep(agreed)
    with pytest.raises(LeadfarmError, match="which other colleague"):
        reject(lead, Rejection(RejectReason.MISROUTED), by=agreed.tomas, now=agreed.now)
    reject(lead, Rejection(RejectReason.MISROUTED, to=ines), by=agreed.tomas, now=agreed.now)
    lead.refresh_from_db()
    assert stage_of(agreed, lead) is Stage.SALES_READY
    assert lead.sales_owner_id == ines.id
    assert agreed.standing(lead).next_owner_id == ines.id
    accept(lead, by=ines, now=agreed.now)
    first, second = Delivery.objects.of(agreed.workspace).filter(lead=lead).order_by("id")
    assert second.continues_id == first.id
    assert second.criteria == first.criteria


def another_rep(world: World) -> Member:
    """Return a second sales rep."""
    user = User.objects.create(
        email=f"ines@{world.slug}.example", name="Ines Kraus", password="!", date_joined=world.now
    )
    return Member.objects.create(
        workspace=world.workspace, user=user, role=Role.SALES_REP, name=user.name,
        joined_at=world.now,
    )  # fmt: skip


def test_s3_2_a_criterion_not_met_is_named(agreed: World) -> None:
    lead = delivered(agreed)
    with pytest.raises(LeadfarmError, match="which of the frozen criteria"):
        reject(lead, Rejection(RejectReason.CRITERION_NOT_MET), by=agreed.tomas, now=agreed.now)


def test_s3_2_after_contact_one_cannot_reject(agreed: World) -> None:
    lead = delivered(agreed)
    talk(agreed, lead, minutes=5, by="tomas")
    with pytest.raises(LeadfarmError, match="rejection comes before contact"):
        reject(lead, Rejection(RejectReason.FAULTY_RECORD), by=agreed.tomas, now=agreed.now)


def test_s3_2_disqualify_comes_after_contact(agreed: World) -> None:
    lead = delivered(agreed)
    by, later = Actor.of(agreed.tomas), agreed.now + timedelta(hours=2)
    words = {"recheck": Recheck(RecheckRule.AFTER_MONTHS, months=6), "by": by, "now": later}
    with pytest.raises(StageHasMoved, match="after contact"):
        disqualify(lead, DisqualifyReason.TOO_SMALL, **words)
    accept(lead, by=agreed.tomas, now=agreed.now)
    with pytest.raises(LeadfarmError, match="Nobody has spoken"):
        disqualify(lead, DisqualifyReason.TOO_SMALL, **words)
    talk(agreed, lead, minutes=60, by="tomas")
    verdict = disqualify(lead, DisqualifyReason.TOO_SMALL, text="Three people", **words)
    assert VerdictKind(verdict.kind) is VerdictKind.DISQUALIFIED
    assert stage_of(agreed, lead) is Stage.DISQUALIFIED
    assert agreed.standing(lead).recheck_on is not None


def test_s0_5_budget_frozen_is_a_date_and_a_task_not_a_loss(agreed: World) -> None:
    lead = accepted(agreed)
    wake = TODAY + timedelta(days=120)
    recycle(
        lead,
        RecycleReason.BUDGET_FROZEN,
        wake,
        by=Actor.of(agreed.tomas),
        now=agreed.now + timedelta(hours=2),
    )
    standing = agreed.standing(lead)
    task = Task.objects.of(agreed.workspace).get(id=standing.task_id)
    assert stage_of(agreed, lead) is Stage.NURTURING
    assert (TaskKind(task.kind), task.due_at.date()) == (TaskKind.CHECK_IN, wake)
    assert "Budget frozen" in task.why


def test_s0_5_what_was_recycled_is_not_delivered_again_by_itself(agreed: World) -> None:
    lead = accepted(agreed)
    by, later = Actor.of(agreed.tomas), agreed.now + timedelta(hours=2)
    recycle(lead, RecycleReason.TIMING, TODAY + timedelta(days=90), by=by, now=later)
    assert deliver_ready(agreed.workspace.id, now=later) == 0
    fact = Fact(FindingSection.TIMELINE, "Budget is free now")
    learn(lead, fact, by=Actor.of(agreed.ana), now=later + timedelta(days=80))
    assert deliver_ready(agreed.workspace.id, now=later + timedelta(days=81)) == 1
    assert stage_of(agreed, lead) is Stage.SALES_READY


def test_the_thread_goes_on_to_the_order(agreed: World) -> None:
    lead = opportunity(agreed)
    assert stage_of(agreed, lead) is Stage.QUALIFIED
    later = agreed.now + timedelta(days=30)
    win(lead, amount=Decimal(51_000), by=Actor.of(agreed.tomas), now=later)
    lead.refresh_from_db()
    assert stage_of(agreed, lead) is Stage.WON
    assert (lead.amount, lead.forecast) == (Decimal(51_000), ForecastCategory.CLOSED)


def test_qualifying_needs_a_conversation(agreed: World) -> None:
    lead = delivered(agreed)
    accept(lead, by=agreed.tomas, now=agreed.now)
    with pytest.raises(LeadfarmError, match="Nobody has spoken"):
        qualify(
            lead,
            amount=Decimal(1),
            close_on=TODAY,
            forecast=ForecastCategory.PIPELINE,
            by=Actor.of(agreed.tomas),
            now=agreed.now,
        )


def test_s1_2_a_loss_names_the_vendor_and_a_recheck_rule(agreed: World) -> None:
    lead = opportunity(agreed)
    words = {"by": Actor.of(agreed.tomas), "now": agreed.now + timedelta(days=9)}
    again = Recheck(RecheckRule.AFTER_MONTHS, months=9)
    with pytest.raises(LeadfarmError, match="which vendor"):
        lose(lead, LossReason.COMPETITOR, again, **words)
    lose(lead, LossReason.COMPETITOR, again, vendor="Kolmar", **words)
    assert stage_of(agreed, lead) is Stage.LOST
    assert Finding.objects.of(agreed.workspace).get(field="lost_to").words == "Kolmar"
    reopen(lead, because="Kolmar withdrew", **words)
    assert stage_of(agreed, lead) is Stage.QUALIFIED


def test_s0_11_verdicts_are_append_only(world: World) -> None:
    from tests.qualification.conftest import agree

    with world.inside():
        agree(world)
        lead = delivered(world)
        accept(lead, by=world.tomas, now=world.now)
    for spoil in (lambda rows: rows.update(at=world.now), lambda rows: rows.delete()):
        for table in (Verdict, Delivery):
            with pytest.raises(ProgrammingError, match="permission denied"), world.inside():
                spoil(table.objects.of(world.workspace))


def test_s3_2_the_database_knows_the_three_kinds(agreed: World) -> None:
    lead = delivered(agreed)
    for columns in ({"kind": 2, "reason": 4}, {"kind": 2}, {"kind": 1, "reason": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.create(
                workspace=agreed.workspace,
                lead=lead,
                delivery=Delivery.objects.of(agreed.workspace).get(lead=lead),
                actor_kind="member",
                at=agreed.now,
                **columns,
            )
