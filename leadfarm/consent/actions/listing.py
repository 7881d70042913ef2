"""Lists of addresses that must not be written to: read, hashed, and forgotten."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from leadfarm.access.actions import audit
from leadfarm.access.actors import Actor
from leadfarm.access.models import Member
from leadfarm.consent.actions.suppression import bar_known_addresses
from leadfarm.consent.addresses import Hashes
from leadfarm.consent.models import Suppression
from leadfarm.leads.models import Contact
from leadfarm.rules.consent import Channel, SuppressionReason
from leadfarm.rules.names import normal_email, normal_phone

DIGEST = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}")
CHUNK = 5000
# Contacts whose address, or its hash, is on the list.
KNOWN = """
SELECT id, coalesce(email_key, '') FROM leads_contact
 WHERE workspace_id = %(workspace)s AND email_key IS NOT NULL
   AND (email_key = ANY(%(mails)s)
        OR encode(sha256(convert_to(email_key, 'UTF8')), 'hex') = ANY(%(digests)s)
        OR md5(email_key) = ANY(%(digests)s))
"""


@dataclass
class Listed:
    """What a list came to."""

    addresses: int = 0
    numbers: int = 0
    hashes: int = 0
    unread: int = 0
    known: int = 0


def bar_listed(lines: Iterable[str], *, country: str, by: Member, now: datetime) -> Listed:
    """Bar every address, number and hash of the list, also those that come in later."""
    listed, rest = Listed(), iter(lines)
    while block := list(islice(rest, CHUNK)):
        with transaction.atomic():
            _bar(block, listed, country, by, now)
    audit(
        by.workspace_id, "suppression list read", by=Actor.of(by), now=now, **vars(listed)
    )  # fmt: skip
    return listed


def _bar(block: list[str], listed: Listed, country: str, by: Member, now: datetime) -> None:
    mails, digests, rows = [], [], []
    hashes = Hashes(by.workspace_id)
    for line in block:
        cell = re.split(r"[;,\t]", line.strip().strip('"'))[0].strip().strip('"')
        mail = normal_email(cell) if "@" in cell else None
        number = None if mail or DIGEST.fullmatch(cell.lower()) else normal_phone(cell, country)
        if mail:
            mails.append(mail)
            listed.addresses += 1
        elif DIGEST.fullmatch(cell.lower()):
            digests.append(cell.lower())
            listed.hashes += 1
        elif number:
            rows.append((hashes.of(number), Channel.PHONE))
            listed.numbers += 1
        elif cell:
            listed.unread += 1
    rows += [(hashes.of(mail), Channel.MAIL) for mail in mails]
    rows += [(hashes.of_digest(one), Channel.MAIL) for one in digests]
    _put_up(rows, by, now)
    listed.known += _bar_known(by, mails, digests)
    if any(channel is Channel.PHONE for _, channel in rows):
        _bar_numbers(by)


def _bar_known(by: Member, mails: list[str], digests: list[str]) -> int:
    """Carry the bars over to contacts that are here; return how many are."""
    terms: dict[str, Any] = {"workspace": by.workspace_id, "mails": mails, "digests": digests}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, terms)
        known = cursor.fetchall()
    bar_known_addresses(by.workspace_id, [(int(pk), str(mail)) for pk, mail in known])
    return len(known)


def _put_up(rows: list[tuple[str, Channel]], by: Member, now: datetime) -> None:
    hashes = {hashed for hashed, _ in rows}
    bars = Suppression.objects.of(by.workspace_id).filter(lifted_at=None)
    there = set(
        bars.filter(address_hash__in=hashes, reason=SuppressionReason.LISTED).values_list(
            "address_hash", flat=True
        )
    )
    Suppression.objects.bulk_create(
        Suppression(
            workspace_id=by.workspace_id, address_hash=hashed, channel=channel, made_at=now,
            reason=SuppressionReason.LISTED, member=by,
        )
        for hashed, channel in dict(rows).items()
        if hashed not in there
    )  # fmt: skip


def _bar_numbers(by: Member) -> None:
    """Carry bars over to contacts with a listed number."""
    phones = Contact.objects.of(by.workspace_id).exclude(phone_key=None)
    pairs = phones.values_list("id", "phone_key").iterator()
    bar_known_addresses(by.workspace_id, [(pk, str(number)) for pk, number in pairs])
