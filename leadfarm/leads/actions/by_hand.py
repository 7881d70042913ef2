"""A lead entered by hand: matched by the keys of files and forms, so one person stays one contact.

An address is a person; without one, a number or a company finds candidates and the name decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.access.walls import within
from leadfarm.leads.actions.assigning import fill_owners
from leadfarm.leads.actions.entering import Entry, Owners, enter_lead
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.actions.learning import note
from leadfarm.leads.actions.moving import move
from leadfarm.leads.actions.stepping import NextStep, plan_review
from leadfarm.leads.actions.touching import record_touch
from leadfarm.leads.actions.written import Written, make_or_find, who_is_known
from leadfarm.leads.models import Account, Contact, GroupMember, Lead, Standing
from leadfarm.rules.business_time import add_working_days
from leadfarm.rules.codes import Side, TouchKind
from leadfarm.rules.opening import Candidate, Decision, Opening, decide
from leadfarm.rules.stages import Stage

SIDES = {Side.MARKETING: "marketing", Side.PD: "pd", Side.SALES: "sales"}


@dataclass(frozen=True)
class Entered:
    """The lead, whether it is new, and why."""

    lead: Lead
    is_new: bool
    reason: str


@dataclass(frozen=True)
class Hand:
    """Who enters it: the side they own it on (nobody does who hands in), and what happens next."""

    by: Actor
    owners: Owners
    now: datetime
    firm: str = ""
    firm_id: int | None = None

    def step(self, workspace: Workspace) -> NextStep | None:
        """Return the next step of a new lead from a firm; the usual one for everybody else."""
        if not self.firm:
            return None
        soon = add_working_days(self.now, 1, office_hours(workspace.id))
        return plan_review(Side.PD, soon, f"Handed in by {self.firm}: judge it, and who works it")


@transaction.atomic
def enter_by_hand(
    workspace: Workspace, written: Written, owner: tuple[Side, int], *, by: Actor, now: datetime
) -> Entered:
    """Enter a lead, or find the one that is there already for the same need; wake a dormant one.

    The writer becomes its owner on the side given. Nothing is overwritten on a known contact. The
    reason stands on the record.
    """
    owners = Owners(**{SIDES[owner[0]]: owner[1]})
    return _enter(workspace, written, Hand(by, owners, now))


@transaction.atomic
def hand_in(workspace: Workspace, written: Written, *, by: Member, now: datetime) -> Entered | None:
    """Take what a member of an outside firm writes down; None where the answer is kept back.

    Only what the firm sees anyway decides what it is told (docs/decisions/0031): a lead of theirs
    is joined and shown. All else goes behind their wall, whether it is known there or new.
    """
    assert by.team is not None
    actor = Actor.of(by)
    contact, account = who_is_known(workspace, written)
    there = _candidates(workspace.id, contact, account, written.external_id)
    seen = decide(there, need=written.need, external_id=written.external_id)
    # A person they do not see joins no group of theirs: who it turns out to be would tell.
    if seen.lead_id is not None and (contact or seen.opening is not Opening.JOIN_GROUP):
        return _join(workspace, written, contact, seen, Hand(actor, Owners(), now))
    hand = Hand(actor, Owners(), now, by.team.name, by.firm_id)
    with within(workspace):
        _enter(workspace, written, hand)
    return None


def _enter(workspace: Workspace, written: Written, hand: Hand) -> Entered:
    contact, account = make_or_find(workspace, written, hand.now)
    there = _candidates(workspace.id, contact, account, written.external_id, hand.firm_id)
    decision = decide(there, need=written.need, external_id=written.external_id)
    if decision.lead_id is not None:
        return _join(workspace, written, contact, decision, hand)
    previous = Lead.objects.of(workspace).filter(id=decision.previous_id or 0).first()
    entry = Entry(
        kind=written.kind,
        happened_at=hand.now,
        contact=contact,
        account=account,
        external_id=written.external_id or None,
        title=written.title,
        need=written.need,
        source=written.source,
        campaign=written.campaign,
        owners=hand.owners,
        previous=previous,
        because=decision.reason,
    )
    step = hand.step(workspace)
    lead = enter_lead(workspace.id, entry, by=hand.by, now=hand.now, next_step=step)
    fill_owners(workspace, lead, by=hand.by, now=hand.now)
    return Entered(lead, True, decision.reason)


def _join(
    workspace: Workspace, written: Written, contact: Contact | None, decision: Decision, hand: Hand
) -> Entered:
    """Put what was written on the lead there; what sleeps or was raw becomes an Inquiry."""
    there = Standing.objects.of(workspace).select_related("lead").select_for_update(of=("self",))
    standing = there.get(lead_id=decision.lead_id or 0)
    lead, kind, now = standing.lead, written.kind, hand.now
    if contact is not None and contact.id != lead.contact_id:
        place = {"workspace_id": workspace.id, "lead": lead, "contact": contact}
        GroupMember.objects.get_or_create(**place, defaults={"added_at": now})
    record_touch(
        lead,
        kind,
        happened_at=now,
        now=now,
        actor=hand.by,
        contact_id=contact.id if contact else None,
        by_machine=kind is TouchKind.LIST_ENTRY,
        campaign_id=written.campaign.id if written.campaign else None,
    )
    if kind.is_inquiry and Stage(standing.stage) in (Stage.RAW, Stage.DORMANT):
        _wake(lead, kind, decision, hand)
    else:
        who = "" if contact else written.person()
        note(lead, f"Entered by hand: {decision.reason}\n{who}", by=hand.by, now=now)
    return Entered(lead, False, decision.reason)


def _wake(lead: Lead, kind: TouchKind, decision: Decision, hand: Hand) -> None:
    soon = add_working_days(hand.now, 1, office_hours(lead.workspace_id))
    review = plan_review(Side.PD, soon, decision.reason, lead.pd_owner_id)
    because = f"{kind.label}: {decision.reason}"
    move(lead, to=Stage.INQUIRY, by=hand.by, because=because, now=hand.now, next_step=review)


def _candidates(
    workspace_id: int,
    contact: Contact | None,
    account: Account | None,
    external_id: str,
    not_of: int | None = None,
) -> list[Candidate]:
    """Return the leads it could be about; of colleagues', none that the firm `not_of` works."""
    standings = Standing.objects.of(workspace_id).select_related("lead")
    ways = (
        ({"lead__external_id": external_id} if external_id else None, False),
        ({"lead__contact_id": contact.id} if contact else None, False),
        ({"lead__account_id": account.id} if account else None, True),
    )
    found: dict[int, Candidate] = {}
    for which, is_colleagues in ways:
        if which is None:
            continue
        for row in standings.filter(**which).order_by("-lead__entered_at")[:100]:
            if not (is_colleagues and not_of and row.lead.firm_id == not_of):
                found.setdefault(row.lead_id, _candidate(row, is_colleagues))
    return list(found.values())


def _candidate(row: Standing, is_colleagues: bool) -> Candidate:
    lead = row.lead
    return Candidate(
        id=lead.id,
        stage=Stage(row.stage),
        opened_at=lead.entered_at,
        need=lead.need,
        external_id=lead.external_id or "",
        is_colleagues=is_colleagues,
    )
