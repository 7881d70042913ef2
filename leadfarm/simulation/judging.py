"""Prospect development decides: deliver, let rest, or close with a reason."""

from datetime import datetime, timedelta

from leadfarm.access.actors import Actor
from leadfarm.leads.actions import Outcome, complete_task, make_task, put_to_sleep
from leadfarm.leads.models import Lead, Task
from leadfarm.qualification.actions import NotReady, Recheck, deliver, disqualify
from leadfarm.qualification.actions import recycle as give_back
from leadfarm.qualification.readiness import in_force
from leadfarm.rules.codes import (
    Disposition,
    DisqualifyReason,
    DormantReason,
    RecheckRule,
    RecycleReason,
    Side,
    TaskKind,
)
from leadfarm.rules.stages import Stage
from leadfarm.simulation.cast import Fate, Prospect

UNFIT = {
    "student": DisqualifyReason.STUDENT,
    "competitor": DisqualifyReason.COMPETITOR,
    "small": DisqualifyReason.TOO_SMALL,
}
READY = (Disposition.HELP_NOW, Disposition.MEETING_BOOKED)


def try_delivery(lead: Lead, disposition: Disposition, *, by: Actor, now: datetime) -> bool:
    """Deliver a lead that wants help, once it meets the definition; else ask further."""
    signed = in_force(lead.workspace_id)
    if disposition not in READY or signed is None or (signed.effective_from or now) > now:
        return False
    try:
        deliver(lead, by=by, now=now)
    except NotReady as gaps:
        _ask_further(lead, gaps, now)
        return False
    return True


def _ask_further(lead: Lead, gaps: NotReady, now: datetime) -> None:
    missing = ", ".join(reason.sentence for reason in gaps.missing[:2])
    make_task(
        lead,
        TaskKind.QUALIFY,
        side=Side.PD,
        why=f"Still to ask: {missing}",
        due_at=now + timedelta(days=3),
        now=now,
        owner_id=lead.pd_owner_id,
    )


def judge(
    task: Task, lead: Lead, prospect: Prospect, stage: Stage, *, by: Actor, now: datetime
) -> None:
    """Review a lead nobody reached, that declined, or that sales gave back."""
    complete_task(task, Outcome(), by=by, now=now)
    if prospect.unfit and "Not reached" not in task.why:
        rule = Recheck(RecheckRule.AFTER_MONTHS, months=24)
        text = f"Told us on the phone: {UNFIT[prospect.unfit].label.lower()}."
        disqualify(lead, UNFIT[prospect.unfit], rule, by=by, now=now, text=text)
    elif stage is Stage.ACCEPTED:
        wake_on = (now + timedelta(days=60)).date()
        give_back(lead, RecycleReason.NOT_REACHED, wake_on, by=by, now=now)
    elif prospect.fate in (Fate.BUYS, Fate.ELSEWHERE) and prospect.days_left(now.date()) > 0:
        _once_more(lead, now)
    else:
        _rest(lead, prospect, stage, by, now)


def _once_more(lead: Lead, now: datetime) -> None:
    why = "Fits too well to let it rest: another try by the mobile number"
    due = now + timedelta(days=14)
    kind, owner = TaskKind.QUALIFY, lead.pd_owner_id
    make_task(lead, kind, side=Side.PD, why=why, due_at=due, now=now, owner_id=owner)


def _rest(lead: Lead, prospect: Prospect, stage: Stage, by: Actor, now: datetime) -> None:
    dice = prospect.dice("rest", now.date())
    rule, months = RecheckRule.AFTER_MONTHS, dice.choice((6, 9, 12))
    if prospect.fate is Fate.STAYS and dice.random() < 0.6:
        reason = dice.choice((DisqualifyReason.NO_NEED, DisqualifyReason.NOT_INTERESTED))
        disqualify(lead, reason, Recheck(rule, months=months), by=by, now=now)
        return
    if stage > Stage.NURTURING:
        rule_here = Recheck(rule, months=months)
        disqualify(lead, DisqualifyReason.NOT_INTERESTED, rule_here, by=by, now=now)
        return
    resting = DormantReason.NO_RESPONSE
    if prospect.fate is not Fate.SILENT:
        resting = DormantReason.ASKED_TO_REST
    put_to_sleep(lead, to=Stage.DORMANT, reason=resting, rule=rule, by=by, now=now, months=months)
