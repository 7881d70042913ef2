"""Ready-made programs about what sales gave back, won and lost, on a virtual clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import (
    Fact,
    learn,
)
from leadfarm.leads.models import Lead, StageChange, Task
from leadfarm.nurture.models import EnrolmentState
from leadfarm.qualification.actions import (
    Recheck,
    Rejection,
    accept,
    deliver,
    lose,
    qualify,
    reject,
    reopen,
    win,
)
from leadfarm.rules.codes import (
    Disposition,
    FindingSection,
    ForecastCategory,
    LossReason,
    RecheckRule,
    RejectReason,
    Side,
    TaskKind,
)
from leadfarm.rules.dossier.codes import Bought
from leadfarm.rules.stages import Stage
from tests.nurture.living import DAY, HOUR, always, ends, helped, live, runs, told
from tests.qualification.conftest import agree, ready_lead, talk
from tests.world import World


def opportunity(world: World, name: str) -> Lead:
    """Return a lead that sales has taken all the way to Qualified, at `world.now`."""
    lead = ready_lead(world, name)
    tomas = Actor.of(world.tomas)
    deliver(lead, by=Actor.of(world.ana), now=world.now)
    accept(lead, by=world.tomas, now=world.now)
    talk(world, lead, minutes=1, by="tomas")
    at = world.now + timedelta(minutes=2)
    close_on = at.date() + 30 * DAY
    qualify(
        lead, amount=Decimal(40_000), close_on=close_on, forecast=ForecastCategory.COMMIT,
        by=tomas, now=at,
    )  # fmt: skip
    return lead


def sold(world: World, name: str) -> Lead:
    """Return a lead that ordered at `world.now`."""
    lead = opportunity(world, name)
    at = world.now + timedelta(minutes=3)
    win(lead, amount=Decimal(40_000), by=Actor.of(world.tomas), now=at)
    return lead


def given_back(world: World, name: str) -> Lead:
    """Return a lead that was delivered at `world.now` and given back to nurture."""
    lead = ready_lead(world, name)
    deliver(lead, by=Actor.of(world.ana), now=world.now)
    why = Rejection(RejectReason.CRITERION_NOT_MET, "Not this year", criterion=0)
    reject(lead, why, by=world.tomas, now=world.now + HOUR)
    return lead


def lead_of(task: Task) -> Lead:
    """Return the lead of a task."""
    return Lead.objects.of(task.workspace_id).get(id=task.lead_id)


def test_s2_15_onboarding_begins_on_the_order_and_the_history_stays_unbroken(world: World):
    with world.inside():
        runs(world, "customers")
        before = replace(world, now=world.now - 60 * DAY)
        agree(before)
        won, open_again, old = sold(world, "Wanda"), sold(world, "Opal"), sold(before, "Olaf")
        live(world, 5, always(Disposition.NOT_NOW))
        at = world.now + 5 * DAY
        reopen(open_again, because="Changed the order", by=Actor.of(world.tomas), now=at)
        assert [state for _step, state in ends(open_again)] == [EnrolmentState.DISABLED]
        live(replace(world, now=at), 205, always(Disposition.NOT_NOW))
        assert told(world, old) == []  # won long before the program was there
        names = told(world, won)
        assert names == [
            "Customer 1: what happens now", "first-weeks", "Customer 2: who helps with what",
            "Customer 3: three months on", "three-months", "Customer 4: what others do next",
            "half-year",
        ]  # fmt: skip
        owners = Task.objects.of(world.workspace).filter(lead_id=won.id).exclude(step_key="")
        assert set(owners.values_list("owner_id", flat=True)) == {world.tomas.id}
        assert ends(won) == [("onboarded", EnrolmentState.REPLIED)]
        standing = world.standing(won)
        assert (standing.stage, standing.next_kind) == (Stage.CUSTOMER, None)
        moves = StageChange.objects.of(world.workspace).filter(lead_id=won.id).order_by("id")
        assert list(moves.values_list("to_stage", flat=True))[-2:] == [
            Stage.WON, Stage.CUSTOMER,
        ]  # fmt: skip


def test_s3_2_what_sales_gave_back_is_repaired_and_qualified_again(world: World):
    with world.inside():
        runs(world, "rejected")
        agree(world)
        faulty, unmet = ready_lead(world, "Faul"), ready_lead(world, "Unme")
        for lead, why in (
            (faulty, Rejection(RejectReason.FAULTY_RECORD, "No such number")),
            (unmet, Rejection(RejectReason.CRITERION_NOT_MET, "No budget at all", criterion=0)),
        ):
            deliver(lead, by=Actor.of(world.ana), now=world.now)
            reject(lead, why, by=world.tomas, now=world.now + HOUR)

        def answers(task: Task, at: datetime) -> Disposition | None:
            return helped(task, at) if task.lead_id == faulty.id else Disposition.NO_ANSWER

        live(replace(world, now=world.now + HOUR), 60, answers)
        steps = Task.objects.of(world.workspace).order_by("made_at")
        asked = list(steps.filter(lead_id=unmet.id).values_list("step_key", flat=True))
        assert [key for key in dict.fromkeys(asked) if key] == ["close-the-gap", "ask"]
        assert ends(faulty)[0] == ("help", EnrolmentState.GOAL)
        assert ends(unmet)[0][0] == "repaired"
        qualify = steps.filter(lead_id=faulty.id, kind=TaskKind.QUALIFY)
        assert qualify.get().side == Side.PD


def test_s1_2_a_year_after_sales_had_them_a_person_asks_what_they_bought(world: World):
    with world.inside():
        runs(world, "did-you-buy")
        then = replace(world, now=world.now - 400 * DAY)
        agree(then)
        theirs, silent = given_back(then, "The"), given_back(then, "Sil")
        young = given_back(replace(world, now=world.now - 100 * DAY), "You")
        lost = opportunity(then, "Lou")
        lose(
            lost, LossReason.NO_DECISION, Recheck(RecheckRule.AFTER_MONTHS, months=24),
            by=Actor.of(world.tomas), now=then.now + DAY,
        )  # fmt: skip

        def answers(task: Task, at: datetime) -> Disposition | None:
            if task.lead_id == silent.id:
                return None
            code = Bought.FROM_SOMEBODY_ELSE if task.lead_id == theirs.id else Bought.FROM_NOBODY
            fact = Fact(FindingSection.COMPETITION, field="bought", code=code)
            learn(lead_of(task), fact, by=Actor.of(world.ana), now=at)
            return Disposition.NOT_NOW

        live(world, 70, answers)
        left = [ends(lead)[0][0] for lead in (theirs, lost, silent)]
        assert left == ["theirs-told", "nobody-told", "unknown"]
        assert told(world, silent) == [
            "ask", "Did you buy? One question",
        ]  # fmt: skip
        assert world.standing(lost).stage == Stage.NURTURING
        assert told(world, young) == []
