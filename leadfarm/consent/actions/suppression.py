"""Bars against touching a contact: put up, lifted, and carried over to a returning address."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from leadfarm.access.actors import Actor
from leadfarm.consent.addresses import ErasedPersonError, Hashes, address_hash, hashed_for
from leadfarm.consent.models import Consent, Suppression
from leadfarm.engine import arrays
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.statements import prepared
from leadfarm.leads.actions import record_touch
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.consent import Channel, Purpose, SuppressionReason

PUT_UP = """
INSERT INTO consent_suppression (workspace_id, contact_id, address_hash, reason, channel, purpose,
                                 made_at, member_id, message_id, lifted_because)
VALUES (%(workspace)s, %(contact)s, %(hash)s, %(reason)s, %(channel)s, %(purpose)s,
        %(now)s, %(member)s, %(message)s, '')
ON CONFLICT (workspace_id, contact_id, reason, purpose)
      WHERE lifted_at IS NULL AND contact_id IS NOT NULL
   DO UPDATE SET address_hash = excluded.address_hash, member_id = excluded.member_id,
                 message_id = excluded.message_id
          WHERE consent_suppression.address_hash = '' AND excluded.address_hash <> ''
             OR consent_suppression.member_id IS NOT NULL AND excluded.member_id IS NULL
"""
A_FORM = 2  # addresses: mail and number
CARRY_OVER = """
INSERT INTO consent_suppression (workspace_id, contact_id, address_hash, reason, channel, purpose,
                                 made_at, lifted_because)
SELECT %(workspace)s::integer, asked.contact_id, '',
       CASE WHEN asked.is_number AND barred.reason = %(erased)s THEN %(do_not_call)s
            ELSE barred.reason END,
       CASE WHEN asked.is_number AND barred.reason = %(erased)s THEN %(phone)s
            ELSE barred.channel END, barred.purpose, barred.made_at, ''
  FROM unnest(%(contacts)s::bigint[], %(hashes)s::text[], %(numbers)s::boolean[])
       AS asked (contact_id, hash, is_number)
  JOIN consent_suppression barred ON barred.workspace_id = %(workspace)s::integer
   AND barred.address_hash = asked.hash AND barred.lifted_at IS NULL AND barred.address_hash <> ''
ON CONFLICT DO NOTHING
RETURNING id
"""
HEED = f"""
WITH erased AS (
    SELECT FROM consent_suppression
     WHERE workspace_id = %(workspace)s::integer AND address_hash = %(asked)s::text
       AND reason = %(erased)s AND lifted_at IS NULL LIMIT 1),
carried AS ({CARRY_OVER})
SELECT EXISTS (SELECT FROM erased) AS is_erased
"""  # noqa: S608 (a statement of ours)


def suppress(
    contact: Contact,
    reason: SuppressionReason,
    *,
    by: Actor,
    now: datetime,
    purpose: Purpose | None = None,
    message_id: int | None = None,
) -> bool:
    """Bar the contact, and its address wherever it comes back; False when it was barred already.

    A bar taken over from somebody else becomes its own word, and stays when a merge is undone; so
    does one that a colleague wrote down, which then cannot be undone as a slip.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            PUT_UP,
            {
                "workspace": contact.workspace_id,
                "contact": contact.id,
                "hash": _hash_of(contact, reason.channel),
                "reason": int(reason),
                "channel": int(reason.channel),
                "purpose": purpose,
                "now": now,
                "member": by.member_id,
                "message": message_id,
            },
        )
        return bool(cursor.rowcount == 1)


@transaction.atomic
def unsubscribe(
    lead: Lead,
    contact: Contact,
    *,
    now: datetime,
    purpose: Purpose | None = None,
    message_id: int | None = None,
) -> None:
    """Do what the contact asked: no more mail (for this purpose), consents withdrawn, a touch."""
    reason, kind = SuppressionReason.UNSUBSCRIBED, TouchKind.UNSUBSCRIBED
    _refuse(lead, contact, (reason, kind), now=now, purpose=purpose, message_id=message_id)


@transaction.atomic
def complain(
    lead: Lead, contact: Contact, *, now: datetime, message_id: int | None = None
) -> Touch | None:
    """Obey a complaint: no more mail, consents withdrawn. Return its touch, once."""
    reason, kind = SuppressionReason.COMPLAINT, TouchKind.COMPLAINT
    return _refuse(lead, contact, (reason, kind), now=now, purpose=None, message_id=message_id)


def _refuse(
    lead: Lead,
    contact: Contact,
    told: tuple[SuppressionReason, TouchKind],
    *,
    now: datetime,
    purpose: Purpose | None,
    message_id: int | None,
) -> Touch | None:
    actor, (reason, kind) = Actor("form"), told
    if not suppress(contact, reason, by=actor, now=now, purpose=purpose, message_id=message_id):
        return None
    agreed = Consent.objects.of(contact.workspace_id).filter(contact=contact, withdrawn_at=None)
    (agreed.filter(purpose=purpose) if purpose else agreed).update(withdrawn_at=now)
    return record_touch(
        lead,
        kind,
        happened_at=now,
        now=now,
        actor=actor,
        contact_id=contact.id,
        ref=message_id,
        by_machine=False,
    )


def lift(
    contact: Contact,
    reason: SuppressionReason,
    *,
    because: str,
    now: datetime,
    purpose: Purpose | None = None,
) -> int:
    """Take bars of one reason away; return how many. An erasure is never lifted."""
    if reason is SuppressionReason.ERASED:
        raise LeadfarmError("An erased address stays barred.", "Ask the person to sign up anew.")
    bars = Suppression.objects.of(contact.workspace_id).filter(
        contact=contact, reason=reason, purpose=purpose, lifted_at=None
    )
    return bars.update(lifted_at=now, lifted_because=because)


def bar_known_addresses(workspace_id: int, contacts: Iterable[tuple[int, str]]) -> None:
    """Carry bars over to contacts (id, address) that were just made with a barred address.

    Imports and forms call it for what they insert, so that an unsubscribed address that comes back
    is barred from its first moment. A number of somebody erased, under another address, may be a
    switchboard: it is not called, and mail stays as it is.
    """
    pairs = list(contacts)
    few = len(pairs) <= A_FORM
    hashes = Hashes(workspace_id).every if few else hashed_for(workspace_id)
    if hashes is None:
        return
    terms = _terms(workspace_id, pairs, hashes)
    if few:  # the plan is kept, because who writes to us asks one by one
        prepared(CARRY_OVER, terms)
        return
    with connection.cursor() as cursor:
        cursor.execute(CARRY_OVER, terms)


def bar_or_refuse(contact: Contact, email: str) -> None:
    """Carry bars over to one contact just made, as bar_known_addresses does; one statement.

    Raises ErasedPersonError where it is somebody who was erased, as refuse_erased does: nothing
    may be stored, so the transaction is to be undone. `email` is what was sent, perhaps empty.
    """
    hashes = Hashes(contact.workspace_id)
    addresses = (contact.email_key, contact.phone_key)
    pairs = [(contact.id, one) for one in addresses if one]
    terms = _terms(contact.workspace_id, pairs, hashes.every)
    asked = email or contact.phone_key
    (found,) = prepared(HEED, {**terms, "asked": hashes.of(asked) if asked else ""})
    if found["is_erased"]:
        raise ErasedPersonError()


def _terms(
    workspace_id: int, pairs: list[tuple[int, str]], hashes: Callable[[str], list[str]]
) -> dict[str, Any]:
    rows = [
        (contact_id, hashed, "@" not in address)
        for contact_id, address in pairs
        for hashed in hashes(address)
    ]
    return {
        "workspace": workspace_id,
        "contacts": arrays.numbers(row[0] for row in rows),
        "hashes": arrays.texts(row[1] for row in rows),
        "numbers": arrays.numbers(int(row[2]) for row in rows),
        "erased": int(SuppressionReason.ERASED),
        "do_not_call": int(SuppressionReason.DO_NOT_CALL),
        "phone": int(Channel.PHONE),
    }


def _hash_of(contact: Contact, channel: Channel) -> str:
    """Return the hash of what is barred: the number for calls, else the mail address."""
    address = contact.phone_key if channel is Channel.PHONE else contact.email_key
    return address_hash(contact.workspace_id, address) if address else ""
