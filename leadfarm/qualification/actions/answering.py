"""Sales answers a delivery before it speaks with the contact: accepted, or rejected (S3-2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import (
    NextStep,
    cancel_tasks,
    change_owner,
    make_task,
    move,
    plan_review,
    point_to,
    set_next,
)
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.actions.tasks import open_tasks
from leadfarm.leads.models import Lead
from leadfarm.qualification.actions.delivering import answer_task, latest_delivery, lock
from leadfarm.qualification.actions.saying import say, talk_since
from leadfarm.qualification.models import Delivery, Verdict
from leadfarm.qualification.readiness import promises_of
from leadfarm.rules.business_time import add_working_days, due
from leadfarm.rules.codes import NextKind, RejectReason, Role, Side, TaskKind, VerdictKind
from leadfarm.rules.stages import AfterRejection, Stage, stage_after_rejection, why_not


class AnsweredAlready(LeadfarmError):
    """Somebody was first, or nothing waits for an answer."""


@transaction.atomic
def accept(lead: Lead, *, by: Member, now: datetime, text: str = "") -> Verdict:
    """Say that the criteria are met; the first conversation is due within the promised hours.

    A rep who accepts owns the lead for sales; a manager may accept for its owner. Raises
    AnsweredAlready with who was first and when.
    """
    delivery = _waiting_delivery(lead, Stage.ACCEPTED)
    actor = Actor.of(by)
    verdict = say(lead, VerdictKind.ACCEPTED, by=actor, now=now, delivery=delivery, text=text)
    _close_answer_task(lead, by, now)
    if lead.sales_owner_id is None or Role(by.role) is Role.SALES_REP:
        change_owner(lead, Side.SALES, by.id)
    hours = promises_of(delivery.definition).first_touch_hours
    task = make_task(
        lead,
        TaskKind.CALL,
        side=Side.SALES,
        why=f"Accepted: speak with them within {hours} working hours",
        due_at=due(now, hours, office_hours(lead.workspace_id)),
        now=now,
        owner_id=lead.sales_owner_id,
        is_next=False,
    )
    because = "Accepted by sales: the criteria are met"
    move(lead, to=Stage.ACCEPTED, by=actor, because=because, now=now, next_step=point_to(task))
    return verdict


@dataclass(frozen=True)
class Rejection:
    """Why a delivery is given back: one of exactly three kinds.

    Misrouted names the rep it belongs to, a criterion not met its number in the frozen list.
    """

    reason: RejectReason
    text: str = ""
    criterion: int | None = None
    to: Member | None = None


@transaction.atomic
def reject(lead: Lead, why: Rejection, *, by: Member, now: datetime) -> Verdict:
    """Give the lead back before contact.

    Misrouted goes to another rep, a faulty record to prospect development, a criterion not met
    back to nurture. Raises AnsweredAlready when somebody was first, LeadfarmError when sales has
    spoken with the contact: then it is disqualify or recycle.
    """
    delivery = _waiting_delivery(lead, Stage.NURTURING)
    _check_rejection(lead, delivery, why, by)
    actor = Actor.of(by)
    verdict = say(
        lead,
        VerdictKind.REJECTED,
        by=actor,
        now=now,
        delivery=delivery,
        reason=why.reason,
        text=why.text,
        criterion=why.criterion,
    )
    _close_answer_task(lead, by, now)
    if why.to is not None and why.reason is RejectReason.MISROUTED:
        _hand_on(lead, delivery, why.to, now)
        return verdict
    after = stage_after_rejection(why.reason)
    step = _step_after(lead, after, now)
    move(lead, to=after.stage, by=actor, because=after.why, now=now, next_step=step)
    return verdict


def _waiting_delivery(lead: Lead, to: Stage) -> Delivery:
    stage = lock(lead)
    delivery = latest_delivery(lead)
    if delivery is None:
        raise AnsweredAlready(why_not(stage, to) or "The lead was never delivered.")
    said = delivery.answer()
    if said is not None:
        raise AnsweredAlready(said.in_words(), "Open the lead to see where it stands.")
    if stage is not Stage.SALES_READY:
        raise AnsweredAlready(why_not(stage, to) or "Nothing waits for an answer of sales.")
    return delivery


def _check_rejection(lead: Lead, delivery: Delivery, why: Rejection, by: Member) -> None:
    if why.reason is RejectReason.MISROUTED and (
        why.to is None or why.to.id == lead.sales_owner_id
    ):
        raise LeadfarmError("Misrouted: say which other colleague of sales it belongs to.")
    places = range(len(delivery.criteria["reasons"]))
    if why.reason is RejectReason.CRITERION_NOT_MET and why.criterion not in places:
        raise LeadfarmError("Say which of the frozen criteria is not met.")
    spoken = talk_since(lead, delivery.at, {by.id, delivery.delivered_to_id or by.id})
    if spoken is not None:
        raise LeadfarmError(
            f"Sales has spoken with them on {spoken.happened_at:%-d %B %Y}: rejection comes before "
            "contact.",
            "Accept the lead, then disqualify or recycle it with what you learned.",
        )


def _close_answer_task(lead: Lead, by: Member, now: datetime) -> None:
    mine = open_tasks(lead.workspace_id, lead_id=lead.id, kind=TaskKind.REVIEW, side=Side.SALES)
    mine.update(done_at=now, done_by_id=by.id)
    cancel_tasks(lead, now=now)


def _hand_on(lead: Lead, delivery: Delivery, to: Member, now: datetime) -> None:
    """Deliver it to the right rep under the same definition: the stage stays, the clock is new."""
    change_owner(lead, Side.SALES, to.id)
    task = answer_task(lead, delivery.definition, now=now)
    Delivery.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        definition_id=delivery.definition_id,
        criteria=delivery.criteria,
        delivered_to_id=to.id,
        delivered_by_id=delivery.delivered_by_id,
        actor_kind=delivery.actor_kind,
        at=now,
        due_at=task.due_at,
        continues_id=delivery.id,
    )
    set_next(lead, point_to(task))


def _step_after(lead: Lead, after: AfterRejection, now: datetime) -> NextStep:
    hours = office_hours(lead.workspace_id)
    if after.next_kind is NextKind.TASK:
        task = make_task(
            lead,
            TaskKind.REVIEW,
            side=after.move,
            why=after.why,
            due_at=due(now, TaskKind.REVIEW.due_hours, hours),
            now=now,
            owner_id=lead.pd_owner_id,
            is_next=False,
        )
        return point_to(task)
    # Nurture's tick may enrol it before; a review date stands until then.
    at = add_working_days(now + timedelta(days=1), 1, hours)
    return plan_review(after.move, at, after.why, lead.marketing_owner_id)
