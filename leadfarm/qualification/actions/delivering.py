"""Delivery: the only way to Sales-ready (law 4)."""

from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.actions import StageHasMoved, cancel_tasks, make_task, move, point_to
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.models import Lead, Standing, Task
from leadfarm.qualification.models import Definition, Delivery
from leadfarm.qualification.readiness import Readiness, freeze, in_force, promises_of, readiness
from leadfarm.rules.business_time import due
from leadfarm.rules.clauses import Reason
from leadfarm.rules.codes import Side, TaskKind
from leadfarm.rules.stages import Stage, why_not


class NothingInForce(LeadfarmError):
    """No definition is signed by both sides, so nothing can be delivered."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing can be delivered before a definition is in force.",
            "Marketing and sales sign one on the Agreement page.",
        )


class NotReady(LeadfarmError):
    """Criteria of the definition in force are missing; `missing` names each."""

    def __init__(self, readiness: Readiness) -> None:
        super().__init__(readiness.why_not(), "Close the gaps first; nothing else delivers a lead.")
        self.missing: tuple[Reason, ...] = readiness.missing


@transaction.atomic
def deliver(lead: Lead, *, by: Actor, now: datetime) -> Delivery:
    """Hand the lead to its sales owner, with the criteria frozen as they are met now.

    Sales gets a task to accept or reject within the promised hours. Raises NothingInForce,
    NotReady with the missing criteria, or StageHasMoved.
    """
    found = _checked(lead, now)
    cancel_tasks(lead, now=now)
    task = answer_task(lead, found.definition, now=now)
    delivery = Delivery.objects.create(
        workspace_id=lead.workspace_id,
        lead_id=lead.id,
        definition_id=found.definition.id,
        criteria=freeze(found),
        delivered_to_id=lead.sales_owner_id,
        delivered_by_id=by.member_id,
        actor_kind=by.kind,
        at=now,
        due_at=task.due_at,
    )
    because = f"Meets version {found.definition.version} of the definition"
    move(lead, to=Stage.SALES_READY, by=by, because=because, now=now, next_step=point_to(task))
    return delivery


def _checked(lead: Lead, now: datetime) -> Readiness:
    """Return how the lead meets the definition in force; raise what stands against it."""
    stage = lock(lead)
    if stage is Stage.SALES_READY:
        raise StageHasMoved("The lead is delivered already: sales is to accept or reject it.")
    definition = in_force(lead.workspace_id)
    if definition is None:
        raise NothingInForce
    found = readiness(lead, definition, now=now)
    if not found.met:
        raise NotReady(found)
    refused = why_not(stage, Stage.SALES_READY)
    if refused:
        raise StageHasMoved(refused)
    return found


def answer_task(lead: Lead, definition: Definition, *, now: datetime) -> Task:
    """Make the sales owner's task to accept or reject, due as promised; return it."""
    hours = promises_of(definition).accept_hours
    return make_task(
        lead,
        TaskKind.REVIEW,
        side=Side.SALES,
        why=f"Delivered: accept or reject within {hours} working hours",
        due_at=due(now, hours, office_hours(lead.workspace_id)),
        now=now,
        owner_id=lead.sales_owner_id,
        is_next=False,
    )


def lock(lead: Lead) -> Stage:
    """Hold the lead's standing until the transaction ends; return its stage as it is now.

    The lead's own columns are read anew: whoever held it before may have changed its owner.
    """
    standing = Standing.objects.of(lead.workspace_id).select_for_update().get(lead_id=lead.id)
    lead.refresh_from_db()
    return Stage(standing.stage)


def latest_delivery(lead: Lead) -> Delivery | None:
    """Return the newest delivery of the lead, or None."""
    mine = Delivery.objects.of(lead.workspace_id).filter(lead_id=lead.id)
    return mine.order_by("-at", "-id").first()
