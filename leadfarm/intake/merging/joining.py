"""Two leads of one person for one need: one goes on, the other rests and can be split off again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake.codes import JoinReason
from leadfarm.intake.models import LeadJoin
from leadfarm.leads.actions.closing import put_to_sleep
from leadfarm.leads.actions.moving import move
from leadfarm.leads.actions.stepping import NextStep, owner_of, plan_review, point_to
from leadfarm.leads.actions.tasks import reopen_cancelled
from leadfarm.leads.models import Contact, Lead, Standing
from leadfarm.rules.codes import RecheckRule, Side
from leadfarm.rules.stages import OPEN, WORKABLE, Stage, rank

CHANGED = "One of the two leads has changed since."
SPLIT = "Split from another lead"


@dataclass(frozen=True)
class Several:
    """A person with more than one open lead: which goes on, and which may join it."""

    contact: Contact
    goes_on: Lead
    joining: list[Lead]


def several_open(workspace_id: int, contacts: Collection[int]) -> list[Several]:
    """Return those of these contacts who have more than one open lead, in one statement.

    The lead that is furthest goes on, of two equals the older one. Only what sales does not have
    yet may join it.
    """
    leads = Lead.objects.of(workspace_id).filter(contact_id__in=contacts, standing__stage__in=OPEN)
    by_contact: dict[int, list[Lead]] = {}
    for lead in leads.select_related("contact", "standing").order_by("id"):
        by_contact.setdefault(lead.contact_id or 0, []).append(lead)
    return [_several(theirs) for theirs in by_contact.values() if _joinable(theirs)]


def _furthest(leads: list[Lead]) -> Lead:
    return max(leads, key=lambda lead: (rank(Stage(lead.standing.stage)), -lead.id))


def _joinable(leads: list[Lead]) -> list[Lead]:
    first = _furthest(leads)
    return [lead for lead in leads if lead is not first and lead.standing.stage in WORKABLE]


def _several(leads: list[Lead]) -> Several:
    first = _furthest(leads)
    if first.contact is None:
        raise LeadfarmError("A lead without a person joins no other.")
    return Several(first.contact, first, _joinable(leads))


@transaction.atomic
def join_leads(
    workspace_id: int, lead_id: int, into_id: int, *, by: Member, now: datetime
) -> LeadJoin:
    """Let the lead rest, as the other goes on with the need; what came to it stays on it.

    LeadfarmError where they are not two open leads of one person, or sales has the first.
    """
    lead, into = _two_open(workspace_id, lead_id, into_id)
    was = Standing.objects.of(workspace_id).get(lead_id=lead_id)
    put_to_sleep(
        lead, to=Stage.DORMANT, reason=JoinReason.JOINED, rule=RecheckRule.ON_EVENT,
        by=Actor.of(by), now=now,
    )  # fmt: skip
    try:
        made = LeadJoin.objects.create(
            workspace_id=workspace_id, lead=lead, into_lead=into, member=by, joined_at=now,
            was_stage=was.stage, was_side=was.next_side or was.whose_move,
            was_owner_id=was.next_owner_id, was_at=was.next_at, was_task_id=was.task_id,
        )  # fmt: skip
    except IntegrityError as taken:
        raise LeadfarmError(CHANGED, "Open the list again.") from taken
    _note(made, "lead.joined", by, now)
    return made


def _two_open(workspace_id: int, lead_id: int, into_id: int) -> tuple[Lead, Lead]:
    """Return both leads, their standings locked; LeadfarmError where they may not be joined."""
    standings = Standing.objects.of(workspace_id).select_for_update().order_by("lead_id")
    both = {
        row.lead_id: Stage(row.stage) for row in standings.filter(lead_id__in=[lead_id, into_id])
    }
    leads = Lead.objects.of(workspace_id).in_bulk([lead_id, into_id])
    if len(leads) != 2 or not set(both.values()) <= OPEN:
        raise LeadfarmError(CHANGED, "Open the list again.")
    lead, into = leads[lead_id], leads[into_id]
    if lead.contact_id is None or lead.contact_id != into.contact_id:
        raise LeadfarmError("Only leads of one person can be joined.")
    if both[lead_id] not in WORKABLE:
        raise LeadfarmError("Sales has this lead: let the other one rest.")
    return lead, into


@transaction.atomic
def split_lead(join: LeadJoin, *, by: Member, now: datetime) -> None:
    """Let the lead go on by itself again: where it was, with the next step it had.

    Tasks that the joining cancelled are open again. A lead that waited for a program, or whose
    next owner has left, is to be looked at today by whoever looks after it. LeadfarmError when it
    was split already. What was moved on by hand meanwhile stays there.
    """
    if (
        not LeadJoin.objects.of(join.workspace_id)
        .filter(id=join.id, split_at=None)
        .update(split_at=now)
    ):
        raise LeadfarmError("These two were split already.", "Open the list again.")
    standing = Standing.objects.of(join.workspace_id).get(lead_id=join.lead_id)
    if standing.stage == Stage.DORMANT and standing.closed_because == JoinReason.JOINED.slug:
        step, actor, back = _former_step(join, now), Actor.of(by), Stage(join.was_stage)
        move(join.lead, to=back, by=actor, because=SPLIT, now=now, next_step=step)
    _note(join, "lead.split", by, now)


def joined_together(join: LeadJoin) -> list[LeadJoin]:
    """Return all joins made in the same step as this one that are not split yet, itself too."""
    same = LeadJoin.objects.of(join.workspace_id).filter(
        into_lead_id=join.into_lead_id, member_id=join.member_id, joined_at=join.joined_at
    )
    return list(same.filter(split_at=None).select_related("lead").order_by("id"))


def _former_step(join: LeadJoin, now: datetime) -> NextStep:
    """Return the step the lead had before it was joined, or a review for whose step it was."""
    side = Side(join.was_side)
    for task in reopen_cancelled(join.lead, cancelled_at=join.joined_at):
        if task.id == join.was_task_id:
            return point_to(task)
    there = Member.objects.of(join.workspace_id).filter(id=join.was_owner_id or 0, left_at=None)
    owner = join.was_owner_id if there.exists() else owner_of(join.lead, side)
    return plan_review(side, join.was_at or now, f"{SPLIT}: look what it needs", owner)


def split_strangers(
    workspace_id: int, contacts: Collection[int], *, by: Member, now: datetime
) -> None:
    """Split the leads of these people that went together, now that they are two again."""
    joins = LeadJoin.objects.of(workspace_id).filter(split_at=None, lead__contact_id__in=contacts)
    for join in joins.select_related("lead", "into_lead"):
        if join.lead.contact_id != join.into_lead.contact_id:
            split_lead(join, by=by, now=now)


def _note(join: LeadJoin, action: str, by: Member, now: datetime) -> None:
    told = {"into": join.into_lead_id, "join": join.id}
    audit(join.workspace_id, action, by=Actor.of(by), now=now, on=join.lead, **told)
