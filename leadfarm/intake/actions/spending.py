"""Campaigns as they are planned, and the money booked for them or for a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from leadfarm.access.actions.audit import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member, Workspace
from leadfarm.intake.codes import SpendKind
from leadfarm.intake.models import Spend
from leadfarm.leads.models import Campaign


@dataclass(frozen=True)
class Booking:
    """What was spent; for a campaign, or for a source where no campaign is known: one of them."""

    kind: SpendKind
    amount: Decimal
    from_day: date
    until_day: date
    campaign_id: int | None = None
    source_id: int | None = None
    note: str = ""


def book_spend(workspace: Workspace, booking: Booking, *, by: Member, now: datetime) -> Spend:
    """Book the money and return the booking; it counts evenly over its days, both included."""
    with transaction.atomic():
        spend = Spend.objects.create(
            workspace=workspace,
            campaign_id=booking.campaign_id,
            source_id=booking.source_id,
            kind=booking.kind,
            amount=booking.amount,
            from_day=booking.from_day,
            until_day=booking.until_day,
            note=booking.note,
            recorded_at=now,
        )
        _note(spend, "spend.booked", by, now)
    return spend


def book_file(
    workspace: Workspace, bookings: Sequence[Booking], *, by: Member, now: datetime
) -> None:
    """Book all of a file's amounts, or none of them."""
    rows = [Spend(workspace=workspace, recorded_at=now, **vars(one)) for one in bookings]
    with transaction.atomic():
        Spend.objects.bulk_create(rows, batch_size=1_000)
        total = str(sum((one.amount for one in bookings), Decimal(0)))
        audit(
            workspace.id,
            "spend.imported",
            by=Actor.of(by),
            now=now,
            bookings=len(rows),
            amount=total,
        )


def delete_spend(spend: Spend, *, by: Member, now: datetime) -> Booking:
    """Take a booking out and return what it said, so that it can be booked again."""
    kept = Booking(
        kind=SpendKind(spend.kind),
        amount=spend.amount,
        from_day=spend.from_day,
        until_day=spend.until_day,
        campaign_id=spend.campaign_id,
        source_id=spend.source_id,
        note=spend.note,
    )
    with transaction.atomic():
        _note(spend, "spend.deleted", by, now)
        spend.delete()
    return kept


def plan_campaign(campaign: Campaign, *, by: Member, now: datetime) -> None:
    """Keep a campaign as it is planned now, new or changed."""
    with transaction.atomic():
        campaign.save()
        hand = Actor.of(by)
        audit(campaign.workspace_id, "campaign.planned", by=hand, now=now, on=campaign)


def _note(spend: Spend, action: str, by: Member, now: datetime) -> None:
    told = {"amount": str(spend.amount), "kind": SpendKind(spend.kind).slug}
    audit(spend.workspace_id, action, by=Actor.of(by), now=now, on=spend, **told)
