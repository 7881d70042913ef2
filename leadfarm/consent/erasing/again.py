"""After a restore: what was erased since the backup is erased again (docs/decisions/0060)."""

from datetime import datetime
from pathlib import Path

from django.db.models import Q

from leadfarm.access.actors import SCHEDULE
from leadfarm.access.models import Workspace
from leadfarm.access.walls import within
from leadfarm.consent.addresses import address_hash
from leadfarm.consent.erasing.ledger import Line, lines
from leadfarm.consent.erasing.running import Order, erase
from leadfarm.consent.models import AddressKey, Suppression
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Channel, SuppressionReason
from leadfarm.rules.privacy import ErasedBecause


def erase_again(folder: Path, *, now: datetime) -> int:
    """Do every noted erasure of which the database knows nothing; return how many people went.

    For the worker. A number is erased only where its address is the one that was noted, so that
    a database of another past loses nobody else.
    """
    homes = {workspace.slug: workspace for workspace in Workspace.objects.all()}
    return sum(_again(homes[line.workspace], line, now) for line in lines(folder)
               if line.workspace in homes)  # fmt: skip


def _again(workspace: Workspace, line: Line, now: datetime) -> int:
    with within(workspace):
        _keep_key(workspace, line)
        _bar(workspace, line)
        alive = Contact.objects.of(workspace).filter(id__in=line.contacts, erased_at=None)
        theirs = [contact for contact in alive.order_by("id") if _is_noted(contact, line)]
    # One person: the first of their numbers stands for all that were merged into it.
    gone = 0
    for contact in theirs:
        contact.refresh_from_db()
        gone += bool(erase(contact, Order(SCHEDULE, ErasedBecause.ASKED), now=now, noted=True))
    return gone


def _is_noted(contact: Contact, line: Line) -> bool:
    addresses = [one for one in (contact.email_key, contact.phone_key, contact.phone) if one]
    hashes = {address_hash(contact.workspace_id, one) for one in addresses}
    return bool(hashes & set(line.hashes)) or not (line.hashes or addresses)


def _keep_key(workspace: Workspace, line: Line) -> None:
    """Take the noted key over where the backup is from before there was one."""
    if not AddressKey.objects.of(workspace).exists():
        AddressKey.objects.create(workspace=workspace, sealed=line.key, made_at=line.at)


def _bar(workspace: Workspace, line: Line) -> None:
    there = Suppression.objects.of(workspace).filter(Q(address_hash__in=line.hashes))
    known = set(there.values_list("address_hash", flat=True))
    for hashed in set(line.hashes) - known:
        Suppression.objects.create(
            workspace=workspace, address_hash=hashed, made_at=line.at,
            reason=SuppressionReason.ERASED, channel=Channel.ALL,
        )  # fmt: skip
