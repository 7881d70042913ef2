"""Signed addresses in mails: which message, which link. No row per link and contact is needed."""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from functools import cache
from typing import Literal

from leadfarm.engine.sealing import derived_key

Use = Literal["click", "unsubscribe", "archive"]
SHAPE = struct.Struct(">IQH")
SEAL_BYTES = 10


@dataclass(frozen=True)
class Token:
    """What a signed address says."""

    workspace_id: int
    message_id: int
    number: int = 0


def sign(use: Use, token: Token) -> str:
    """Return the part of an address that nobody else can make."""
    said = SHAPE.pack(token.workspace_id, token.message_id, token.number)
    return base64.urlsafe_b64encode(said + _seal(use, said)).rstrip(b"=").decode()


def read(use: Use, text: str) -> Token | None:
    """Return what the address says, or None where it was not signed here for this use."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    said, seal = raw[: SHAPE.size], raw[SHAPE.size :]
    if len(said) != SHAPE.size or not hmac.compare_digest(seal, _seal(use, said)):
        return None
    return Token(*SHAPE.unpack(said))


def _seal(use: Use, said: bytes) -> bytes:
    return hmac.digest(_key(use), said, hashlib.sha256)[:SEAL_BYTES]


@cache
def _key(use: Use) -> bytes:
    return derived_key(f"{use} addresses")
