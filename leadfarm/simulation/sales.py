"""Sales answers what was delivered, speaks with them, and wins or loses."""

from datetime import datetime, timedelta
from decimal import Decimal

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.leads.actions import make_task
from leadfarm.leads.actions.tasks import cancel_tasks
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions import (
    Recheck,
    Rejection,
    accept,
    disqualify,
    lose,
    qualify,
    recycle,
    reject,
    win,
)
from leadfarm.rules.codes import (
    DisqualifyReason,
    ForecastCategory,
    LossReason,
    RecheckRule,
    RecycleReason,
    RejectReason,
    Side,
    TaskKind,
)
from leadfarm.simulation.cast import Fate, Prospect, sayings
from leadfarm.simulation.learning import placed
from leadfarm.simulation.norrvik import REPS, Norrvik

REAL = (Fate.BUYS, Fate.ELSEWHERE)
REJECTIONS = {
    RejectReason.CRITERION_NOT_MET: "The date is a wish. Nobody there has released money for it.",
    RejectReason.FAULTY_RECORD: "The number leads to a fax and the mail bounces.",
    RejectReason.MISROUTED: "Key account of a colleague; he has known the plant for years.",
}


def answer_delivery(
    norrvik: Norrvik, lead: Lead, prospect: Prospect, *, by: Member, now: datetime
) -> None:
    """Accept or reject, by what the rep can see of the truth."""
    dice = prospect.dice("answer", now.date())
    if dice.random() < (0.96 if prospect.fate in REAL else 0.8):
        accept(lead, by=by, now=now)
        return
    reasons = list(RejectReason)
    reason = dice.choices(reasons, [2, 2, 6])[0]
    to = None
    if reason is RejectReason.MISROUTED:
        others = [norrvik.members[one.name] for one in REPS]
        to = next(one for one in others if one.id not in (by.id, lead.sales_owner_id))
    criterion = 2 if reason is RejectReason.CRITERION_NOT_MET else None
    why = Rejection(reason, REJECTIONS[reason], criterion, to)
    reject(lead, why, by=by, now=now)


def decide_after_first_talk(lead: Lead, prospect: Prospect, *, by: Actor, now: datetime) -> None:
    """Make it an opportunity, give it back until later, or close it as no fit."""
    dice = prospect.dice("first talk", now.date())
    left = prospect.days_left(now.date())
    if prospect.fate in REAL and left > -20:
        close_on = max(prospect.decides_on, now.date()) + timedelta(days=dice.randint(0, 30))
        forecast = ForecastCategory.BEST_CASE if left < 60 else ForecastCategory.PIPELINE
        amount = Decimal(prospect.amount)
        qualify(lead, amount=amount, close_on=close_on, forecast=forecast, by=by, now=now)
    elif dice.random() < 0.7:
        reasons = (RecycleReason.BUDGET_FROZEN, RecycleReason.TIMING, RecycleReason.PRIORITY)
        wake_on = (now + timedelta(days=dice.randint(60, 150))).date()
        recycle(lead, dice.choice(reasons), wake_on, by=by, now=now)
    else:
        rule = Recheck(RecheckRule.AFTER_MONTHS, months=12)
        disqualify(lead, DisqualifyReason.NO_NEED, rule, by=by, now=now)


def is_decided(lead: Lead, prospect: Prospect, *, by: Member, now: datetime) -> bool:
    """Close the opportunity once they have decided; return whether they have."""
    if prospect.days_left(now.date()) > 0:
        return False
    dice = prospect.dice("decision")
    actor = Actor.of(by)
    if prospect.fate is Fate.BUYS and dice.random() < 0.82:
        amount = Decimal(round(float(lead.amount or 0) * dice.uniform(0.85, 1.05) / 500) * 500)
        win(lead, amount=amount, by=actor, now=now, text=dice.choice(sayings.WON))
        return True
    rule = Recheck(RecheckRule.AFTER_MONTHS, months=dice.choice((9, 12, 18)))
    reasons = (LossReason.COMPETITOR, LossReason.NO_DECISION, LossReason.PRICE)
    reason = dice.choices(reasons, (6, 3, 2) if prospect.fate is Fate.ELSEWHERE else (2, 5, 2))[0]
    vendor = prospect.vendor if reason is LossReason.COMPETITOR else ""
    text = dice.choice(sayings.LOST)
    lose(lead, reason, rule, by=actor, now=now, vendor=vendor, text=text)
    return True


def keep_going(lead: Lead, prospect: Prospect, *, by: Actor, now: datetime) -> None:
    """Plan the next call of an opportunity: soon before the decision, else every two weeks."""
    dice = prospect.dice("keep going", now.date())
    left = prospect.days_left(now.date())
    due_at = now + timedelta(days=max(1, min(left, dice.randint(9, 18))))
    cancel_tasks(lead, now=now)
    make_task(
        lead,
        TaskKind.CALL,
        side=Side.SALES,
        why=placed(dice.choice(NEXT), prospect, dice),
        due_at=due_at,
        now=now,
        owner_id=lead.sales_owner_id,
    )


NEXT = (
    "Offer is out: ask what purchasing says",
    "Agree on the weeks of the standstill",
    "Answer the question about night service",
    "Visit to a reference plant: fix the day",
    "Send the calculation with the new energy price",
    "Ask who has to sign after {name}",
)
