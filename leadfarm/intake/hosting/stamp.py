"""The signed stamp of a form on its way to a visitor and back: when, which version, from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core import signing

SALT = "leadfarm.form"
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
LONGEST = 160


@dataclass(frozen=True)
class Stamp:
    """When the form was shown, in which version (0: unknown), and how its visitor came there."""

    shown_at: datetime | None = None
    version: int = 0
    origin: Mapping[str, str] = field(default_factory=dict)
    # Tells two visits apart, so that one form sent twice is one.
    nonce: str = ""

    def signed(self) -> str:
        """Return it as the hidden field of the form carries it."""
        at = self.shown_at.timestamp() if self.shown_at else 0
        return signing.dumps(
            {"t": round(at, 1), "v": self.version, "o": dict(self.origin), "n": self.nonce},
            salt=SALT,
        )


def read(text: str) -> Stamp:
    """Return what the stamp says; an empty one where it was not signed here."""
    try:
        said = signing.loads(text[:4000], salt=SALT)
        shown_at = datetime.fromtimestamp(float(said["t"]), UTC)
        return Stamp(shown_at, int(said["v"]), dict(said["o"]), str(said["n"]))
    except (signing.BadSignature, ValueError, KeyError, TypeError, OverflowError):
        return Stamp()


def origin(asked: Mapping[str, str], referrer: str) -> dict[str, str]:
    """Return how a visitor came: what the link said about its campaign, the page before.

    A page that shows the form in a frame tells its own address and its own visitor's way.
    """
    found = {name: _plain(asked.get(name, "")) for name in UTM}
    found["page"] = _address(asked.get("page", ""))
    found["referrer"] = _address(asked.get("referrer", "") if found["page"] else referrer)
    return {name: value for name, value in found.items() if value}


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()[:LONGEST]


def _address(text: str) -> str:
    """Return host and path of an address: what stands behind them may name a person."""
    try:
        parts = urlsplit(_plain(text))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return f"{parts.hostname}{parts.path}"[:LONGEST]
