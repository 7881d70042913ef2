"""A lead enters: the record opens with its first touch, its owners and its next step."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import Actor
from leadfarm.leads.actions.following import office_hours
from leadfarm.leads.actions.profiling import match_standings
from leadfarm.leads.actions.stepping import NextStep, plan_review
from leadfarm.leads.actions.touching import record_touch
from leadfarm.leads.actions.words import index_words
from leadfarm.leads.models import Account, Campaign, Contact, Lead, Source, StageChange, Standing
from leadfarm.rules.business_time import add_working_days
from leadfarm.rules.codes import Origin, Side, TouchKind
from leadfarm.rules.stages import Stage


@dataclass(frozen=True)
class Owners:
    """Who looks after a lead from day one; the outside firm, where one works it."""

    marketing: int | None = None
    pd: int | None = None
    sales: int | None = None
    firm: int | None = None


@dataclass(frozen=True)
class Entry:
    """Everything a new lead starts with."""

    kind: TouchKind
    happened_at: datetime
    contact: Contact | None = None
    account: Account | None = None
    external_id: str | None = None
    title: str = ""
    need: str = ""
    source: Source | None = None
    campaign: Campaign | None = None
    owners: Owners = field(default_factory=Owners)
    previous: Lead | None = None
    said: str = ""
    # Why it opens a lead of its own, where a person should read it on the record.
    because: str = ""


@transaction.atomic
def enter_lead(
    workspace_id: int, entry: Entry, *, by: Actor, now: datetime, next_step: NextStep | None = None
) -> Lead:
    """Open a lead with its standing, first stage change, first touch and search words.

    A touch by which the contact asked something makes it an Inquiry, anything else a Raw lead.
    Without a next step, prospect development looks at it within a working day.
    """
    lead = _write_lead(workspace_id, entry, now)
    soon = add_working_days(now, 1, office_hours(workspace_id))
    step = next_step or plan_review(Side.PD, soon, "New: judge it", entry.owners.pd)
    _open(lead, entry, step, by=by, now=now)
    if entry.contact is not None and entry.contact.no_profiling:
        match_standings(workspace_id, [lead.id])
    record_touch(
        lead,
        entry.kind,
        happened_at=entry.happened_at,
        now=now,
        actor=by,
        by_machine=entry.kind is TouchKind.LIST_ENTRY,
        campaign_id=entry.campaign.id if entry.campaign else None,
        said=entry.said,
    )
    index_words(lead)
    return lead


def _open(lead: Lead, entry: Entry, step: NextStep, *, by: Actor, now: datetime) -> None:
    """Write the standing and the first stage change."""
    stage = Stage.INQUIRY if entry.kind.is_inquiry else Stage.RAW
    place = {"workspace_id": lead.workspace_id, "lead_id": lead.id}
    since = entry.happened_at
    side = step.side
    Standing.objects.create(
        stage=stage, stage_since=since, whose_move=side, **place, **step.columns()
    )
    StageChange.objects.create(
        to_stage=stage,
        happened_at=since,
        known_at=now,
        recorded_at=now,
        actor_kind=by.kind,
        member_id=by.member_id,
        because=f"{entry.kind.label}: {entry.because}"[:200] if entry.because else entry.kind.label,
        **place,
    )


def _write_lead(workspace_id: int, entry: Entry, now: datetime) -> Lead:
    owners = entry.owners
    return Lead.objects.create(
        workspace_id=workspace_id,
        contact=entry.contact,
        account=entry.account or (entry.contact.account if entry.contact else None),
        external_id=entry.external_id,
        title=entry.title[:200],
        need=entry.need[:300],
        source=entry.source,
        campaign=entry.campaign,
        origin=Origin.CAPTURED,
        previous_lead=entry.previous,
        marketing_owner_id=owners.marketing,
        pd_owner_id=owners.pd,
        sales_owner_id=owners.sales,
        firm_id=owners.firm,
        entered_at=entry.happened_at,
        known_at=now,
        recorded_at=now,
    )
