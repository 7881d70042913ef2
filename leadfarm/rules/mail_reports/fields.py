"""What a report tells machines: the fields of each recipient (RFC 3464), or a notice in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

from leadfarm.rules.mail_reports.parts import ADDRESS, blocks_of

FEEDBACK = "message/feedback-report"
STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
MOST = 50


@dataclass(frozen=True)
class Fields:
    """One recipient: address and action in small letters, status, what was said."""

    address: str
    action: str
    status: str
    diagnostic: str


def is_status(part: Message) -> bool:
    """Return whether a part is, or stands inside, a delivery status."""
    return part.get_content_type() in STATUS_TYPES or not (part.get_content_type() or "text")


def fields_of(parts: Sequence[Message], texts: Sequence[str]) -> list[Fields]:
    """Return the recipients a report names in fields, also where its parts were torn."""
    found = []
    for part in parts:
        if part.get_content_type() in STATUS_TYPES:
            found += _in_text(field_text(part), of_status=True)
    return (found or _in_text("\n\n".join(texts[:3]), of_status=False))[:MOST]


def field_text(part: Message) -> str:
    """Return a part of fields as text; the parser takes such parts for messages with headers."""
    body = part.get_payload()
    if not isinstance(body, list):
        return str(body or "").replace("\r\n", "\n")[:200_000]
    blocks = (
        "\n".join(f"{name}: {value}" for name, value in one.items())
        for one in body[: 4 * MOST]
        if isinstance(one, Message)
    )
    return "\n\n".join(blocks)


def _in_text(text: str, *, of_status: bool) -> list[Fields]:
    found = []
    for block in blocks_of(text):
        named = "final-recipient" in block or "original-recipient" in block
        if ((named or of_status) and "action" in block) or (of_status and named):
            found.append(_fields(block))
    return found


def _fields(block: dict[str, str]) -> Fields:
    names = ("final-recipient", "original-recipient", "x-actual-recipient")
    named = ADDRESS.findall(" ".join(block.get(name, "") for name in names))
    said = block.get("diagnostic-code", "")
    kind, semicolon, words = said.partition(";")
    return Fields(
        next(iter(named), "").lower(),
        re.split(r"[^a-z]", block.get("action", "").strip().lower())[0],
        block.get("status", ""),
        (words if semicolon and len(kind) < 20 else said).strip(),
    )


def in_json(texts: Sequence[str]) -> list[Fields]:
    """Return what Amazon's notices say of each address; they come as one line of JSON."""
    for text in texts:
        if "bouncedRecipients" in text:
            try:
                told, _ = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
                told = json.loads(told["Message"]) if "Message" in told else told
                return [_of_notice(one) for one in told["bounce"]["bouncedRecipients"][:MOST]]
            except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
                continue
    return []


def _of_notice(one: dict[str, Any]) -> Fields:
    said = str(one.get("diagnosticCode", "")).removeprefix("smtp;").strip()
    address = str(one.get("emailAddress", "")).lower()
    return Fields(
        address, str(one.get("action", "failed")).lower(), str(one.get("status", "")), said
    )
