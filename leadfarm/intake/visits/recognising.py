"""Who a visitor is: said by a form, by a link in a mail that a human clicked, or by the site.

From then on their visits, those since their consent, belong to the contact.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from leadfarm.access.walls import within
from leadfarm.engine.sealing import derived_key
from leadfarm.intake.codes import RecognisedBy
from leadfarm.intake.models import Receipt, Visit, Visitor, VisitorClaim, Website
from leadfarm.leads import recognising
from leadfarm.leads.models import Contact, Lead, Touch
from leadfarm.rules.codes import TouchKind
from leadfarm.rules.names import normal_email

# How long a click may wait for its verdict before we give up on it.
PATIENCE = timedelta(minutes=10)
TOKEN_LASTS = timedelta(days=1)


def recognise(
    workspace_id: int, key: str, contact_id: int, by: RecognisedBy, *, now: datetime
) -> bool:
    """Tie a browser to a contact; False where it never agreed, or no longer does.

    Visits that were somebody else's stay theirs: two people may use one browser.
    """
    try:
        visitor_key = UUID(key)
    except ValueError:
        return False
    visitors = Visitor.objects.of(workspace_id).filter(key=visitor_key, withdrawn_at=None)
    known = {"contact_id": contact_id, "recognised_at": now, "recognised_by": by}
    if not visitors.exclude(contact_id=contact_id).update(**known):
        return visitors.exists()
    visits = Visit.objects.of(workspace_id).filter(visitor__in=visitors, contact=None)
    visits.update(contact_id=contact_id)
    return True


def recognise_sender(receipt: Receipt, key: str, *, now: datetime) -> None:
    """Tie the browser that sent a form to whom it turned out to be; "" ties nobody."""
    if key and receipt.contact_id is not None:
        with within(receipt.workspace_id):
            by = RecognisedBy.FORM
            recognise(receipt.workspace_id, key, receipt.contact_id, by, now=now)


def claim(workspace_id: int, visitor_id: int, link: str, *, now: datetime) -> None:
    """Note that a visitor came by a link of ours; a tick finds out whether a human clicked it."""
    word = recognising.read(link, now)
    if word is None or word.workspace_id != workspace_id:
        return
    contact = Contact.objects.of(workspace_id).filter(id=word.contact_id)
    lead = Lead.objects.of(workspace_id).filter(id=word.lead_id)
    if contact.exists() and lead.exists():
        VisitorClaim.objects.get_or_create(
            workspace_id=workspace_id,
            visitor_id=visitor_id,
            message_id=word.message_id,
            defaults={"contact_id": word.contact_id, "lead_id": word.lead_id, "claimed_at": now},
        )


def settle_claims(workspace_id: int, now: datetime) -> int:
    """Recognise those whose click was judged a human's; return how many. Forget late claims."""
    claims = VisitorClaim.objects.of(workspace_id)
    waiting = claims.select_related("visitor").select_for_update(skip_locked=True, of=("self",))
    settled = 0
    for one in waiting.order_by("id")[:500]:
        clicks = Touch.objects.of(workspace_id).filter(lead_id=one.lead_id, ref=one.message_id)
        if clicks.filter(kind=TouchKind.MAIL_CLICKED, by_machine=False).exists():
            key, by = str(one.visitor.key), RecognisedBy.MAIL
            settled += recognise(workspace_id, key, one.contact_id, by, now=now)
            one.delete()
        elif one.claimed_at < now - PATIENCE:
            one.delete()
    return settled


def recognise_told(site: Website, key: UUID, token: str, *, now: datetime) -> int | None:
    """Recognise whom the site's own server vouches for; the contact, None where nobody is known."""
    claims = read_token(token, secret_of(site), now)
    address = normal_email(str(claims.get("email", ""))) if claims else None
    if address is None:
        return None
    known = Contact.objects.of(site.workspace_id).filter(email_key=address)
    found = known.values_list("id", flat=True).first()
    if found and recognise(site.workspace_id, str(key), found, RecognisedBy.SITE, now=now):
        return found
    return None


def secret_of(site: Website) -> str:
    """Return the secret with which the site's server signs whom it knows."""
    key = derived_key(f"website identity {site.workspace_id} {site.key}")
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


def read_token(token: str, secret: str, now: datetime) -> dict[str, Any] | None:
    """Return the claims of a JSON web token signed with HS256, not over and not for too long."""
    head, _, rest = token.partition(".")
    body, _, seal = rest.partition(".")
    wanted = hmac.digest(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256)
    try:
        if json.loads(_bytes(head))["alg"] != "HS256":
            return None
        if not hmac.compare_digest(_bytes(seal), wanted):
            return None
        claims = json.loads(_bytes(body))
        left = float(claims["exp"]) - now.timestamp()
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return None
    return claims if 0 < left <= TOKEN_LASTS.total_seconds() else None


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
