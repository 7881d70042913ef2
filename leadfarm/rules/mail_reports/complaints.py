"""Whether a message tells that somebody marked our mail as unwanted (RFC 5965), and who it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message

from leadfarm.rules.mail_reports.fields import FEEDBACK, field_text
from leadfarm.rules.mail_reports.parts import ADDRESS, header

# Services that send no report of the form: Microsoft's loop, and notices of Amazon in JSON.
_SUBJECT = re.compile(r"^\s{0,9}(?:complaint about message from|e-?mail feedback report for)", re.I)
_NAMED = re.compile(
    r"^(?:original-rcpt-to|x-hmxmroriginalrecipient|removal-recipient)\s{0,9}:([^\n]{1,300})",
    re.IGNORECASE | re.MULTILINE,
)
_IN_JSON = re.compile(r'"complainedRecipients"\s{0,9}:\s{0,9}\[([^\]]{1,5000})\]')


def is_complaint(message: Message, parts: Sequence[Message], texts: Sequence[str]) -> bool:
    """Return whether this is a complaint; some loops tell in the same form of a plain bounce."""
    kinds = {part.get_content_type() for part in parts}
    if FEEDBACK in kinds:
        return True
    if any(_IN_JSON.search(text.replace('\\"', '"')) for text in texts):
        return True
    return "message/rfc822" in kinds and bool(_SUBJECT.match(header(message, "Subject")))


def complained(parts: Sequence[Message], texts: Sequence[str]) -> tuple[str, ...]:
    """Return who complained, as far as the report says: an address is often blacked out."""
    told = []
    for part, text in zip(parts, texts, strict=True):
        told += _IN_JSON.findall(text.replace('\\"', '"'))
        told += _NAMED.findall(text)
        if part.get_content_type() == FEEDBACK:
            told += _NAMED.findall(field_text(part))
        told += [header(part, name) for name in ("X-HmXmrOriginalRecipient", "X-Original-Rcpt-To")]
    found = (one.lower() for one in ADDRESS.findall(" ".join(told)))
    return tuple(dict.fromkeys(found))[:50]
