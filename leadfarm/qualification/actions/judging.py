"""Verdicts after contact: disqualified, recycled; and qualified, which makes an opportunity."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import (
    StageHasMoved,
    cancel_tasks,
    make_task,
    move,
    point_to,
    put_to_sleep,
)
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.models import Lead, Task
from leadfarm.qualification.actions.delivering import latest_delivery, lock
from leadfarm.qualification.actions.saying import say, talk_since
from leadfarm.qualification.models import Verdict
from leadfarm.rules.business_time import add_working_days
from leadfarm.rules.codes import (
    Code,
    DisqualifyReason,
    ForecastCategory,
    RecheckRule,
    RecycleReason,
    Side,
    TaskKind,
    VerdictKind,
)
from leadfarm.rules.stages import Stage, Verb, why_not, why_not_disqualify

WORKING_DAYS_TO_NEXT_STEP = 3


@dataclass(frozen=True)
class Recheck:
    """When a closed lead is looked at again: the rule, and its day or months where it has some."""

    rule: RecheckRule
    on: date | None = None
    months: int | None = None


@transaction.atomic
def disqualify(
    lead: Lead,
    reason: DisqualifyReason,
    recheck: Recheck,
    *,
    by: Actor,
    now: datetime,
    text: str = "",
) -> Verdict:
    """Close the lead as no fit, with a reason and a recheck rule.

    An accepted lead is spoken with first (S3-2); only erasure and law stand above that. Raises
    StageHasMoved or LeadfarmError in words.
    """
    stage = lock(lead)
    refused = why_not_disqualify(stage, reason)
    if refused:
        raise StageHasMoved(refused)
    if stage is Stage.ACCEPTED and not reason.allows_never:
        check_spoken(lead, "disqualify")
    verdict = _said(lead, VerdictKind.DISQUALIFIED, reason, text, by, now)
    rule, on, months = recheck.rule, recheck.on, recheck.months
    to = Stage.DISQUALIFIED
    put_to_sleep(lead, to=to, reason=reason, rule=rule, by=by, now=now, on=on, months=months)
    return verdict


@transaction.atomic
def recycle(
    lead: Lead, reason: RecycleReason, wake_on: date, *, by: Actor, now: datetime, text: str = ""
) -> Verdict:
    """Give a lead that fits, but not now, back to nurture until its wake date (S0-5).

    A check-in task of prospect development falls due on that day; programs may enrol the lead
    before. Raises StageHasMoved, or LeadfarmError when the day is not in the future.
    """
    _check_recycling(lead, reason, wake_on, now)
    verdict = _said(lead, VerdictKind.RECYCLED, reason, text, by, now)
    cancel_tasks(lead, now=now)
    step = point_to(_wake_task(lead, reason, wake_on, now))
    move(
        lead,
        to=Stage.NURTURING,
        by=by,
        because=f"Recycled: {reason.label}",
        now=now,
        next_step=step,
        whose_move=Side.MARKETING,
    )
    return verdict


def _check_recycling(lead: Lead, reason: RecycleReason, wake_on: date, now: datetime) -> None:
    stage = lock(lead)
    if stage not in Verb.RECYCLE.sources:
        ways = ", ".join(sorted(one.label for one in Verb.RECYCLE.sources))
        raise StageHasMoved(f"A lead at {stage.label} cannot be recycled, only at {ways}.")
    if wake_on <= now.date():
        raise LeadfarmError("Give a day after today on which to wake the lead.")
    if stage is Stage.ACCEPTED and reason is not RecycleReason.NOT_REACHED:
        check_spoken(lead, "recycle")


def _wake_task(lead: Lead, reason: RecycleReason, wake_on: date, now: datetime) -> Task:
    hours = office_hours(lead.workspace_id)
    return make_task(
        lead,
        TaskKind.CHECK_IN,
        side=Side.PD,
        why=f"{reason.label}: look again on {wake_on:%-d %B %Y}",
        due_at=datetime.combine(wake_on, hours.opens, tzinfo=hours.zone),
        now=now,
        owner_id=lead.pd_owner_id,
        is_next=False,
    )


def _said(
    lead: Lead, kind: VerdictKind, reason: Code, text: str, by: Actor, now: datetime
) -> Verdict:
    delivery = latest_delivery(lead)
    return say(lead, kind, by=by, now=now, delivery=delivery, reason=reason, text=text)


@transaction.atomic
def qualify(
    lead: Lead,
    *,
    amount: Decimal,
    close_on: date,
    forecast: ForecastCategory,
    by: Actor,
    now: datetime,
) -> None:
    """Make the accepted lead an opportunity: need and timing are confirmed in a conversation."""
    stage = lock(lead)
    refused = why_not(stage, Stage.QUALIFIED)
    if refused or stage is not Stage.ACCEPTED:
        raise StageHasMoved(refused or f"A lead at {stage.label} is re-opened, not qualified.")
    if amount < 0:
        raise LeadfarmError("An amount is not negative.")
    check_spoken(lead, "qualify")
    Lead.objects.of(lead.workspace_id).filter(id=lead.id).update(
        amount=amount, close_on=close_on, forecast=forecast
    )
    lead.amount, lead.close_on, lead.forecast = amount, close_on, forecast
    cancel_tasks(lead, now=now)
    step = point_to(opportunity_task(lead, "Qualified: agree on the next step with them", now))
    because = "Need and timing confirmed in conversation"
    move(lead, to=Stage.QUALIFIED, by=by, because=because, now=now, next_step=step)


def opportunity_task(lead: Lead, why: str, now: datetime) -> Task:
    """Make the sales owner's next call of an opportunity; return it."""
    hours = office_hours(lead.workspace_id)
    return make_task(
        lead,
        TaskKind.CALL,
        side=Side.SALES,
        why=why,
        due_at=add_working_days(now, WORKING_DAYS_TO_NEXT_STEP, hours),
        now=now,
        owner_id=lead.sales_owner_id,
        is_next=False,
    )


def check_spoken(lead: Lead, verb: str) -> None:
    """Raise LeadfarmError when nobody has spoken with the contact since the delivery."""
    delivery = latest_delivery(lead)
    if delivery is not None and talk_since(lead, delivery.at) is None:
        raise LeadfarmError(
            f"Nobody has spoken with them since the delivery: one can {verb} only after contact.",
            "Log the call or meeting first.",
        )
