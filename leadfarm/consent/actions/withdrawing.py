"""Consent taken back for a person: as easy as giving it, and undone while it is still a slip."""

from datetime import datetime, timedelta

from django.db import transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.access.walls import WalledQuerySet
from leadfarm.consent.actions.permission import PROVED
from leadfarm.consent.actions.suppression import suppress
from leadfarm.consent.models import Consent, Suppression
from leadfarm.engine.errors import LeadfarmError
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Purpose, SuppressionReason

# After this it is no slip of the hand any more: what they say is written down as a new consent.
UNDONE_WITHIN = timedelta(minutes=15)
SLIP = "Withdrawn by mistake, undone by who did it"


@transaction.atomic
def withdraw(contact: Contact, purpose: Purpose, *, by: Actor, now: datetime) -> Suppression | None:
    """Write down that the contact takes consent to this purpose back: as easy as giving it.

    Returns the bar it put up, by which it can be undone; None where they were barred already.
    """
    reason, workspace = SuppressionReason.UNSUBSCRIBED, contact.workspace_id
    given = Consent.objects.of(workspace).filter(contact=contact, purpose=purpose)
    given.filter(withdrawn_at=None).update(withdrawn_at=now)
    suppress(contact, reason, by=by, now=now, purpose=purpose)
    audit(workspace, "consent withdrawn", by=by, now=now, on=contact, purpose=purpose.slug)
    bars = Suppression.objects.of(workspace).filter(contact=contact, reason=reason)
    return bars.filter(purpose=purpose, lifted_at=None, made_at=now, member=by.member_id).first()


def undoable(contact: Contact, *, by: Member, now: datetime) -> dict[int, int]:
    """Return by purpose the bar this colleague put up a moment ago and may still undo."""
    bars = _slips(contact, by, now)
    return {purpose: pk for purpose, pk in bars.values_list("purpose", "id") if purpose}


@transaction.atomic
def undo_withdrawal(contact: Contact, bar_id: int, *, by: Member, now: datetime) -> Purpose:
    """Let the consents stand again that were withdrawn with this bar; return the purpose.

    The withdrawn proofs stay as they are; each that held is written down once more with its own
    words, ground and end, so that nothing is allowed that was not before. LeadfarmError when it
    was undone already, lies too long back, or the person has since said the same themselves.
    """
    bar = _slips(contact, by, now).select_for_update().filter(id=bar_id).first()
    if bar is None or bar.purpose is None:
        raise LeadfarmError(
            "This can no longer be undone.", "If they agree again, record the consent anew."
        )
    Suppression.objects.of(contact.workspace_id).filter(id=bar.id, lifted_at=None).update(
        lifted_at=now, lifted_because=SLIP
    )
    taken = Consent.objects.of(contact.workspace_id).filter(
        contact=contact, purpose=bar.purpose, withdrawn_at=bar.made_at
    )
    Consent.objects.bulk_create([_again(row, by, now) for row in taken.order_by("id")])
    purpose, who = Purpose(bar.purpose), Actor.of(by)
    told = {"purpose": purpose.slug, "bar": bar.id}
    audit(contact.workspace_id, "consent withdrawal undone", by=who, now=now, on=contact, **told)
    return purpose


def _slips(contact: Contact, by: Member, now: datetime) -> WalledQuerySet[Suppression]:
    """Return the bars this colleague put up lately that nobody has made their own or lifted."""
    return Suppression.objects.of(contact.workspace_id).filter(
        contact=contact, reason=SuppressionReason.UNSUBSCRIBED, purpose__isnull=False,
        member=by, lifted_at=None, made_at__gt=now - UNDONE_WITHIN,
    )  # fmt: skip


def _again(row: Consent, by: Member, now: datetime) -> Consent:
    """Return the proof as it was given, to be written down once more."""
    kept = {name: getattr(row, name) for name in (*PROVED, "purpose", "basis")}
    times = {"happened_at": row.happened_at, "expires_at": row.expires_at}
    return Consent(
        workspace_id=row.workspace_id, contact_id=row.contact_id, known_at=now, recorded_at=now,
        member=by, **times, **kept,
    )  # fmt: skip
