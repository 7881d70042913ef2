"""Whose link was it? A word that a link of ours carries to the company's own website.

The room that knows the website says which addresses want the word; the room that sends mail puts
it on. Only a click that is judged a human's makes it count (law 8).
"""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from leadfarm.engine.sealing import derived_key

PARAMETER = "lf"
GOOD_FOR = timedelta(hours=1)
SHAPE = struct.Struct(">IQQQI")
SEAL_BYTES = 10
# Handed a workspace's id, returns the hosts of its website, empty while visits are not counted.
Hosts = Callable[[int], frozenset[str]]
_hosts: dict[str, Hosts] = {}


@dataclass(frozen=True)
class Word:
    """What the link says: this message went to this contact about this lead."""

    workspace_id: int
    message_id: int
    contact_id: int
    lead_id: int
    at: int


def wants_words(room: str, hosts: Hosts) -> None:
    """Register who knows the hosts of a workspace's website; the same room again replaces it."""
    _hosts[room] = hosts


def with_word(url: str, word: Word) -> str:
    """Return the address with the word on it where it leads to the website; else as it is."""
    parts = urlsplit(url)
    if not any((parts.hostname or "") in hosts(word.workspace_id) for hosts in _hosts.values()):
        return url
    query = f"{parts.query}&" if parts.query else ""
    return parts._replace(query=f"{query}{PARAMETER}={sign(word)}").geturl()


def sign(word: Word) -> str:
    """Return the word as text that nobody else can make."""
    said = SHAPE.pack(word.workspace_id, word.message_id, word.contact_id, word.lead_id, word.at)
    return base64.urlsafe_b64encode(said + _seal(said)).rstrip(b"=").decode()


def read(text: str, now: datetime) -> Word | None:
    """Return the word, or None where it was not signed here or is too old."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return None
    said, seal = raw[: SHAPE.size], raw[SHAPE.size :]
    if len(said) != SHAPE.size or not hmac.compare_digest(seal, _seal(said)):
        return None
    word = Word(*SHAPE.unpack(said))
    return word if now - datetime.fromtimestamp(word.at, UTC) <= GOOD_FOR else None


def _seal(said: bytes) -> bytes:
    return hmac.digest(derived_key("visitor words"), said, hashlib.sha256)[:SEAL_BYTES]
