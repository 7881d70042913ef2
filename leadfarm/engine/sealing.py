"""Secrets that must be read again: sealed with a key made from the installation's own."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from leadfarm.engine.errors import LeadfarmError


def derived_key(use: str) -> bytes:
    """Return 32 bytes for one use (signing links, hashing addresses); the same each time."""
    return _derived(settings.SECRET_KEY, use)


def seal(text: str) -> str:
    """Return the text so that only this installation can read it; "" stays ""."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return the text again; raise LeadfarmError when it was sealed with another key."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise LeadfarmError(
            "A stored secret cannot be read: it was sealed with another secret key.",
            "Restore secrets.json (or LEADFARM_SECRET_KEY) from the backup, or enter it again.",
        ) from None


def _derived(key: str, use: str) -> bytes:
    return hmac.digest(key.encode(), f"leadfarm {use}".encode(), hashlib.sha256)


@cache
def _box() -> MultiFernet:
    """Seal with the key of today; read what earlier ones sealed (LEADFARM_OLD_SECRET_KEYS)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, "sealed secrets"))) for key in keys]
    )
