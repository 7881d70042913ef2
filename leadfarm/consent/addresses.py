"""Addresses remembered without naming anybody: HMAC-SHA-256 with the workspace's own key.

The key is made with the first hash, sealed with the installation's, and stays for good: hashes
cannot be made anew without the addresses, which are gone (docs/decisions/0061).
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.db import transaction

from leadfarm.access.walls import within
from leadfarm.consent.models import AddressKey, Suppression
from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.sealing import seal, unseal
from leadfarm.engine.statements import prepared
from leadfarm.rules.consent import SuppressionReason
from leadfarm.rules.names import normal_email

NOT_STORED = "An erased person; not stored."


class ErasedPersonError(LeadfarmError):
    """Somebody comes in again who was erased on request; the message names no one."""

    def __init__(self) -> None:
        super().__init__(NOT_STORED, "What was erased on request is not entered again.")


_keys: dict[int, bytes] = {}
DIGESTS = {64: "sha256", 32: "md5"}
ERASED = """
SELECT address_hash FROM consent_suppression
 WHERE workspace_id = %(workspace)s::integer AND address_hash = ANY(%(hashes)s::text[])
   AND reason = %(reason)s::smallint AND lifted_at IS NULL
"""


class Hashes:
    """Keyed hashes of one workspace, for many addresses: its key is asked for once."""

    def __init__(self, workspace_id: int) -> None:
        self._secret = _key(workspace_id)

    def of(self, address: str) -> str:
        """Return the keyed hash of an address or a number in normal form."""
        return self._keyed(normal(address))

    def every(self, address: str) -> list[str]:
        """Return every hash under which the address may be remembered: its own, those of lists.

        Other systems hand over SHA-256 or MD5 of the lower-case address; these are kept keyed too.
        """
        plain = normal(address)
        if "@" not in plain:
            return [self._keyed(plain)]
        digests = (_digest(name, plain) for name in DIGESTS.values())
        return [self._keyed(plain), *(self.of_digest(digest) for digest in digests)]

    def of_digest(self, digest: str) -> str:
        """Return the keyed hash of a hash that another system made."""
        return self._keyed(f"{DIGESTS[len(digest)]} {digest.lower()}")

    def _keyed(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode(), hashlib.sha256).hex()


def address_hash(workspace_id: int, address: str) -> str:
    """Return the keyed hash of one address or number; for many, make Hashes once."""
    return Hashes(workspace_id).of(address)


def hashed_for(workspace_id: int) -> Callable[[str], list[str]] | None:
    """Return what hashes addresses for looking bars up: also as lists do, where there are any.

    None where no address is barred at all.
    """
    bars = Suppression.objects.of(workspace_id).filter(lifted_at=None).exclude(address_hash="")
    if not bars.exists():
        return None
    hashes = Hashes(workspace_id)
    if bars.filter(reason=SuppressionReason.LISTED).exists():
        return hashes.every
    return lambda address: [hashes.of(address)]


def refuse_erased(workspace_id: int, email: str | None, phone: str | None) -> None:
    """Raise ErasedPersonError where this is somebody who was erased: nothing may be stored.

    A number tells only where no address does: a switchboard is many people's.
    """
    asked = email or phone
    if asked and erased_among(workspace_id, [asked]):
        raise ErasedPersonError()


def normal(address: str) -> str:
    """Return the address as it is hashed: mail in normal form, anything else without blanks."""
    # A number asked for as an address takes long to be none.
    email = normal_email(address) if "@" in address else None
    return email or address.strip().lower()


def erased_among(workspace_id: int, addresses: Iterable[str]) -> set[str]:
    """Return those of these addresses, as given, whose person was erased; one query."""
    asked_for = [one for one in addresses if one]
    if not asked_for:
        return set()
    hashes = Hashes(workspace_id)
    asked = {hashes.of(one): one for one in asked_for}
    reason = int(SuppressionReason.ERASED)
    rows = prepared(ERASED, {"workspace": workspace_id, "reason": reason, "hashes": list(asked)})
    return {asked[row["address_hash"]] for row in rows}


def _digest(name: str, plain: str) -> str:
    return hashlib.new(name, plain.encode(), usedforsecurity=False).hexdigest()


def _key(workspace_id: int) -> bytes:
    """Return the workspace's key; of two who make it at the same time, one wins."""
    known = _keys.get(workspace_id)
    if known is not None:
        return known
    with within(workspace_id):  # a firm reads no keys, but what it enters is looked up all the same
        keys = AddressKey.objects.of(workspace_id)
        row = keys.first()
        if row is None:
            fresh = seal(secrets.token_hex(32))
            made = AddressKey(workspace_id=workspace_id, sealed=fresh, made_at=datetime.now(UTC))
            AddressKey.objects.bulk_create([made], ignore_conflicts=True)
            row = keys.get()
    key = bytes.fromhex(unseal(row.sealed))
    # What is rolled back is not remembered.
    transaction.on_commit(lambda: _keys.update({workspace_id: key}))
    return key
