"""Consent given and preferences changed: each with its proof."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadfarm.access.actors import FORM, Actor
from leadfarm.consent.actions.suppression import lift, suppress, unsubscribe
from leadfarm.consent.models import Consent
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Lead
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Basis, Purpose, SuppressionReason, runs_out

CHANGED = "Changed by the contact"
PROVED = ("wording_version", "wording", "source", "ip", "confirmed_ip", "signed_up_at")


@dataclass(frozen=True)
class Proof:
    """How somebody agreed: the words and their version, where, from which network address."""

    wording_version: str
    source: str
    wording: str = ""
    ip: str | None = None
    basis: Basis = Basis.EXPRESS
    expires_at: datetime | None = None
    # Of a sign-up that was confirmed by mail: from where, and when it had been made.
    confirmed_ip: str | None = None
    signed_up_at: datetime | None = None


def agree(
    contact: Contact, purpose: Purpose, proof: Proof, *, happened_at: datetime, now: datetime,
    by: Actor = FORM,
) -> Consent:  # fmt: skip
    """Keep the proof that the contact agreed to this purpose, and lift its own unsubscription.

    Implied consent runs out by itself (rules.consent.runs_out); express consent does not.
    """
    because, reason = f"Agreed again: {proof.source}"[:200], SuppressionReason.UNSUBSCRIBED
    lift(contact, reason, because=because, now=now, purpose=purpose)
    proved = {name: getattr(proof, name) for name in PROVED}
    return Consent.objects.create(
        workspace_id=contact.workspace_id,
        contact=contact,
        purpose=purpose,
        basis=proof.basis,
        happened_at=happened_at,
        known_at=now,
        recorded_at=now,
        expires_at=proof.expires_at or runs_out(proof.basis, happened_at),
        member_id=by.member_id,
        **proved,
    )


@transaction.atomic
def change_preferences(
    lead: Lead, contact: Contact, wanted: Collection[Purpose], proof: Proof, *, now: datetime
) -> None:
    """Let the contact say which mail they want: bars the other purposes, lifts bars of these.

    Nothing at all is an unsubscription, with all that follows from one.
    """
    actor, reason = Actor("form"), SuppressionReason.UNSUBSCRIBED
    if not wanted:
        unsubscribe(lead, contact, now=now)
    else:
        lift(contact, reason, because=CHANGED, now=now)
    for purpose in Purpose:
        if not purpose.can_be_refused:
            continue
        if purpose not in wanted:
            suppress(contact, reason, by=actor, now=now, purpose=purpose)
        elif purpose.needs_consent:
            agree(contact, purpose, proof, happened_at=now, now=now)
        else:
            lift(contact, reason, because=CHANGED, now=now, purpose=purpose)
    kind, who = TouchKind.PREFERENCES, contact.id
    record_touch(
        lead, kind, happened_at=now, now=now, actor=actor, contact_id=who, by_machine=False
    )
