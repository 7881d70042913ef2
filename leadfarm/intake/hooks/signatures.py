"""Whether a webhook was sent by who knows the secret."""

import hashlib
import hmac
from collections.abc import Mapping

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from leadfarm.engine.sealing import unseal
from leadfarm.intake.codes import Signing
from leadfarm.intake.models import Endpoint


def fault(endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> str:
    """Return why the signature does not prove the sender; "" where it does or none is asked for."""
    if endpoint.signing == Signing.NONE:
        return ""
    secret = unseal(endpoint.secret_sealed)
    if endpoint.signing == Signing.STANDARD:
        return _standard(secret, headers, body)
    return _plain(secret, headers.get(endpoint.signature_header, ""), body)


def _standard(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    told = {name.lower(): value for name, value in headers.items()}
    try:
        Webhook(secret).verify(body, told)
    except (WebhookVerificationError, ValueError) as wrong:
        return f"The signature does not fit: {str(wrong)[:120]}."
    return ""


def _plain(secret: str, given: str, body: bytes) -> str:
    """The header may name the digest first (sha256=…), and be in upper case."""
    made = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    told = given.strip().rpartition("=")[2].lower()
    if hmac.compare_digest(made.encode(), told.encode("utf-8", "replace")):
        return ""
    return "The signature does not fit the body and the secret of this endpoint."
