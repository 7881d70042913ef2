"""The parts of a message, read without ever failing and without ever reading too much."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message

LONGEST = 200_000
MOST_PARTS = 60
# Each gap is bounded: a report is anybody's text.
ADDRESS = re.compile(
    r"(?<![\w.+%=&/#~!$*-])[\w.+%=&/#~!$*-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
_FIELD = re.compile(r"^([A-Za-z][\w-]{1,59}):[ \t]*(.*)$")
_TAG = re.compile(r"<(?:[a-z!/][^<>]{0,2000})>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h\d|/?td|/?pre)\b[^<>]{0,300}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(style|script|head)\b[^<>]{0,300}>", re.IGNORECASE)


def parts_of(message: Message) -> list[Message]:
    """Return the message and what it holds, the outermost first; at most `MOST_PARTS`."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop(0)
        found.append(part)
        body = part.get_payload()
        if isinstance(body, list):
            waiting[:0] = [one for one in body if isinstance(one, Message)][:MOST_PARTS]
    return found


def text_of(part: Message) -> str:
    """Return what a part says, in plain letters; "" for one that holds others."""
    if part.is_multipart():
        return ""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError, AssertionError):
        body = None
    raw = (
        body
        if isinstance(body, bytes)
        else str(part.get_payload() or "").encode("utf-8", "replace")
    )
    text = _decoded(raw[:LONGEST], part)
    return _bare(text) if part.get_content_type() == "text/html" else text


def header(message: Message, name: str) -> str:
    """Return a header on one line, in plain letters; "" where it is missing."""
    try:
        found = str(make_header(decode_header(str(message[name] or ""))))
    except Exception:  # the standard library's parser against anybody's bytes
        found = str(message.get(name, ""))
    return " ".join(found[:20_000].split())


def blocks_of(text: str) -> Iterator[dict[str, str]]:
    """Yield the groups of fields in a text, by name in small letters; a blank line divides."""
    block: dict[str, str] = {}
    last = ""
    for line in [*text.splitlines()[:5_000], ""]:
        if not line.strip():
            if block:
                yield block
            block, last = {}, ""
        elif line[0] in " \t" and last:
            block[last] += f" {line.strip()}"
        elif found := _FIELD.match(line):
            last = found[1].lower()
            block.setdefault(last, found[2].strip())
        else:
            last = ""


def _decoded(raw: bytes, part: Message) -> str:
    for charset in (_charset(part), "utf-8", "cp1252", "latin-1"):
        try:
            return raw.decode(charset).replace("\0", "").replace("\r\n", "\n")
        except (LookupError, UnicodeError, ValueError):
            continue
    return ""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except Exception:  # the standard library's parser against anybody's bytes
        return "utf-8"


def _bare(text: str) -> str:
    seen = []
    for piece in re.split(r"(?i)</(?:style|script|head)\s{0,9}>", text):
        hidden = _UNSEEN.search(piece)
        seen.append(piece[: hidden.start()] if hidden else piece)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", "".join(seen)))).strip()
