"""The end of an opportunity: won, lost with a reason and a recheck rule, re-opened."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads import actions as record
from leadfarm.leads.actions import Fact, learn, move, point_to, put_to_sleep
from leadfarm.leads.models import Lead, StageChange
from leadfarm.qualification.actions.delivering import lock
from leadfarm.qualification.actions.judging import Recheck, opportunity_task
from leadfarm.qualification.actions.saying import write_words
from leadfarm.rules.codes import (
    Confidence,
    FindingSection,
    ForecastCategory,
    LossReason,
)
from leadfarm.rules.stages import Stage, Verb


@transaction.atomic
def win(lead: Lead, *, amount: Decimal, by: Actor, now: datetime, text: str = "") -> StageChange:
    """Close the opportunity as won at this amount, today."""
    lock(lead)
    if amount < 0:
        raise LeadfarmError("An amount is not negative.")
    change = _with(lead, amount=amount, close_on=now.date(), forecast=ForecastCategory.CLOSED)
    won = record.win(change, by=by, now=now)
    write_words(lead, text, by=by, now=now)
    return won


@transaction.atomic
def lose(
    lead: Lead,
    reason: LossReason,
    recheck: Recheck,
    *,
    by: Actor,
    now: datetime,
    vendor: str = "",
    text: str = "",
) -> StageChange:
    """Close the opportunity as lost; a vendor is named where another one won it (S1-2).

    The lead sleeps with a recheck rule (law 3). Raises LeadfarmError in words.
    """
    lock(lead)
    if reason.needs_vendor and not vendor.strip():
        raise LeadfarmError("Say which vendor won it; write unknown if nobody knows.")
    if vendor.strip():
        fact = Fact(FindingSection.COMPETITION, vendor.strip(), "lost_to", Confidence.HIGH)
        learn(lead, fact, by=by, now=now, source="loss")
    write_words(lead, text, by=by, now=now)
    rule, on, months = recheck.rule, recheck.on, recheck.months
    return put_to_sleep(
        lead, to=Stage.LOST, reason=reason, rule=rule, by=by, now=now, on=on, months=months
    )


@transaction.atomic
def reopen(lead: Lead, *, because: str, by: Actor, now: datetime) -> StageChange:
    """Bring a won or lost opportunity back to Qualified, with a call as next step."""
    stage = lock(lead)
    if stage not in Verb.REOPEN.sources:
        raise record.StageHasMoved(f"A lead at {stage.label} is not closed, so it stays as it is.")
    if not because.strip():
        raise LeadfarmError("Say why it is open again.")
    _with(lead, forecast=ForecastCategory.PIPELINE)
    step = point_to(opportunity_task(lead, f"Re-opened: {because.strip()}", now))
    return move(lead, to=Stage.QUALIFIED, by=by, because=because.strip(), now=now, next_step=step)


def _with(lead: Lead, **columns: object) -> Lead:
    Lead.objects.of(lead.workspace_id).filter(id=lead.id).update(**columns)
    for name, value in columns.items():
        setattr(lead, name, value)
    return lead
