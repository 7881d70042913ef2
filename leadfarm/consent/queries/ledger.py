"""The consent ledger of a contact: for each purpose whether, why, since when, by which words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from leadfarm.access.models import Workspace
from leadfarm.consent.fragments import DEEDS
from leadfarm.consent.models import Consent, Suppression
from leadfarm.consent.rule_of import demands
from leadfarm.leads.models import Contact, Lead, StageChange, Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Basis, Channel, Purpose, SuppressionReason, runs_out
from leadfarm.rules.permission import Bar, Ground, Permission, permission
from leadfarm.rules.stages import Stage


@dataclass(frozen=True)
class Written:
    """One consent as it was written down, with the proof of it."""

    row: Consent
    purpose: str
    basis: str
    holds: bool


def ledger_of(workspace: Workspace, contact: Contact, *, now: datetime) -> list[Permission]:
    """Return the answer for each purpose, in the order of the list; six queries."""
    return permissions(workspace, contact, consents_of(contact), now)


def permissions(
    workspace: Workspace, contact: Contact, given: list[Consent], now: datetime
) -> list[Permission]:
    """Return the answer for each purpose from the consents of the contact."""
    asked, implied, bars = demands(workspace), _implied(contact, now), _bars(contact)
    return [
        permission(
            purpose,
            now=now,
            needs_consent=demand.needs_consent,
            has_address=contact.email_key is not None,
            bars=bars,
            grounds=[
                *(_ground(row) for row in given if row.purpose == purpose),
                *(implied if demand.implied_counts else ()),
            ],
        )
        for purpose, demand in asked.items()
    ]


def consents_of(contact: Contact) -> list[Consent]:
    """Return what the contact agreed to, newest first."""
    given = Consent.objects.of(contact.workspace_id).filter(contact=contact)
    return list(given.select_related("member").order_by("-happened_at", "-id"))


def written(given: list[Consent], now: datetime) -> list[Written]:
    """Return consents as the page lists them."""
    return [
        Written(row, Purpose(row.purpose).label, Basis(row.basis).label, _ground(row).holds(now))
        for row in given
    ]


def _ground(row: Consent) -> Ground:
    words = row.wording or row.wording_version
    return Ground(Basis(row.basis), row.happened_at, row.expires_at, row.withdrawn_at, words)


def _bars(contact: Contact) -> list[Bar]:
    rows = Suppression.objects.of(contact.workspace_id).filter(contact=contact, lifted_at=None)
    return [
        Bar(
            SuppressionReason(row.reason),
            row.made_at,
            Channel(row.channel),
            Purpose(row.purpose) if row.purpose else None,
        )
        for row in rows
    ]


def _implied(contact: Contact, now: datetime) -> list[Ground]:
    """Return the last inquiry and the last purchase as the consent they imply."""
    leads = list(
        Lead.objects.of(contact.workspace_id).filter(contact=contact).values_list("id", flat=True)
    )
    touches = Touch.objects.of(contact.workspace_id).filter(
        lead_id__in=leads, contact=contact, kind__in=DEEDS["implying"], by_machine=False
    )
    last = dict(
        touches.filter(happened_at__lte=now)
        .order_by("kind")
        .values_list("kind")
        .annotate(last=Max("happened_at"))
    )
    orders = [last.pop(int(TouchKind.ORDER), None)]
    won = StageChange.objects.of(contact.workspace_id).filter(
        lead_id__in=leads, to_stage=Stage.WON, happened_at__lte=now
    )
    orders += [won.aggregate(last=Max("happened_at"))["last"]]
    deeds = [(Basis.IMPLIED_PURCHASE, at) for at in orders]
    deeds.append((Basis.IMPLIED_INQUIRY, max(last.values(), default=None)))
    return [
        Ground(basis, at, runs_out(basis, at), None, "What they did")
        for basis, at in deeds
        if at is not None
    ]
