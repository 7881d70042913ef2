"""Ends that are no ends: what sleeps has a reason and a recheck rule (law 3)."""

from datetime import date, datetime, timedelta

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions.moving import move
from leadfarm.leads.actions.stepping import NextStep
from leadfarm.leads.actions.tasks import cancel_tasks
from leadfarm.leads.models import Lead, StageChange, Standing
from leadfarm.rules.codes import Code, DisqualifyReason, RecheckRule
from leadfarm.rules.stages import Stage, is_sleeping, why_not_asleep

DAYS_A_MONTH = 30.44


def put_to_sleep(
    lead: Lead,
    *,
    to: Stage,
    reason: Code,
    rule: RecheckRule,
    by: Actor,
    now: datetime,
    on: date | None = None,
    months: int | None = None,
) -> StageChange:
    """Let the lead rest as Dormant, Lost or Disqualified, with a reason and a recheck rule.

    `on` is asked for by the rule "on a date", `months` by "after some months". Open tasks are
    cancelled. Raises LeadfarmError in words where the rule or the move is refused.
    """
    if not is_sleeping(to):
        raise LeadfarmError(f"{to.label} is no stage to rest at.")
    cause = reason if isinstance(reason, DisqualifyReason) else None
    refused = why_not_asleep(to, never=rule is RecheckRule.NEVER, reason=cause)
    if refused:
        raise LeadfarmError(refused)
    closing: dict[str, object] = {
        "recheck_rule": rule,
        "recheck_on": recheck_date(rule, now=now, on=on, months=months),
        "closed_because": reason.slug,
    }
    change = move(lead, to=to, by=by, because=reason.label, now=now, closing=closing)
    cancel_tasks(lead, now=now)
    return change


def recheck_date(
    rule: RecheckRule, *, now: datetime, on: date | None, months: int | None
) -> date | None:
    """Return the day a rule comes due, or None for rules without a day."""
    if rule is RecheckRule.ON_DATE:
        if on is None or on <= now.date():
            raise LeadfarmError("Give a day after today on which to look at the lead again.")
        return on
    if rule is RecheckRule.AFTER_MONTHS:
        if not months or not 1 <= months <= 60:
            raise LeadfarmError("Say after how many months, from 1 to 60.")
        return (now + timedelta(days=months * DAYS_A_MONTH)).date()
    return None


def wake(lead: Lead, *, because: str, by: Actor, now: datetime, next_step: NextStep) -> StageChange:
    """Bring a sleeping lead back to Nurturing with a next step."""
    return move(lead, to=Stage.NURTURING, by=by, because=because, now=now, next_step=next_step)


def win(lead: Lead, *, by: Actor, now: datetime) -> StageChange:
    """Close the opportunity as won; it needs an amount, because every figure stands on it."""
    if lead.amount is None:
        raise LeadfarmError("Enter the amount of the order first: reports count it.")
    change = move(lead, to=Stage.WON, by=by, because="Order received", now=now)
    cancel_tasks(lead, now=now)
    return change


def sleeping_standings(workspace_id: int, today: date, limit: int) -> list[Standing]:
    """Return sleeping leads whose recheck day has come, oldest first."""
    return list(
        Standing.objects.of(workspace_id)
        .filter(stage__in=[s for s in Stage if is_sleeping(s)], recheck_on__lte=today)
        .order_by("recheck_on")[:limit]
    )
