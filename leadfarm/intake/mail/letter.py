"""A message as it came, read without ever failing: who, when, what, in answer to what."""

import email.header
import email.message
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

import nh3
from mailparser_reply import EmailReplyParser  # type: ignore[import-untyped]

LONGEST = 1_000_000
# A message that is no UTF-8 is kept letter by letter; the mark says so to whoever reads it again.
MARK = "X-Leadfarm-Kept: latin-1\n"
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "cs", "ja"]
_IDS = re.compile(r"<([^<>\s]{3,250})>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(style|script|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# Rulers, header lines of the mail before, and what a telephone adds, each alone on its line.
_LEFTOVER = re.compile(
    r"^[>\s]*(?:[\W_]*|(?:sent from|von meinem|gesendet von|envoy. de|enviado desde|inviato da"
    r"|get outlook for)\b.{0,120}|\*?(?:from|reply-?to|to|cc|date|sent|subject|von|an|antwort an"
    r"|gesendet|betreff|datum|de|para|enviado|asunto|. :|da|a|risposta|inviato|oggetto|envoy.|objet"
    r"|fra|til|van|aan|onderwerp)\*?\s*:.{1,400})$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letter:
    """What a message says; texts are plain, without NULs."""

    message: email.message.Message
    name: str
    address: str
    subject: str
    text: str
    message_id: str
    answers: tuple[str, ...]
    written_at: datetime | None

    @property
    def said(self) -> str:
        """Return what the person wrote, without the quoted mails before it and the signature."""
        try:
            reply = EmailReplyParser(languages=LANGUAGES).parse_reply(text=self.text)
        except Exception:  # a library's patterns against anybody's text
            reply = None
        return _tidied(reply or self.text)


def _tidied(said: str) -> str:
    """Return the text without what mail programs leave at its end: rulers, headers, "sent from"."""
    lines = said.rstrip().splitlines()
    while lines and _LEFTOVER.match(lines[-1]):
        lines.pop()
    return "\n".join(lines).strip() or said.strip()


def keepable(raw: bytes) -> str:
    """Return the message as a text that `read` reads again; what is beyond 1 MB is cut."""
    kept = raw[:LONGEST]
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError:
        return MARK + kept.decode("latin-1")


def read(kept: str) -> Letter:
    """Return the letter, whatever stands in it."""
    raw = (
        kept[len(MARK) :].encode("latin-1", "replace")
        if kept.startswith(MARK)
        else kept.encode("utf-8", "replace")
    )
    message = _parsed(raw)
    name, address = _sender(message)
    return Letter(
        message,
        name,
        address,
        header(message, "Subject")[:400],
        _text(message)[:100_000],
        next(iter(_IDS.findall(header(message, "Message-ID"))), ""),
        tuple(_IDS.findall(f"{header(message, 'In-Reply-To')} {header(message, 'References')}")),
        _date(header(message, "Date")),
    )


def _parsed(raw: bytes) -> email.message.Message:
    """Return the message; where its parts lie a thousand deep, its headers and the rest as text."""
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except RecursionError:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(raw)


def header(message: email.message.Message, name: str) -> str:
    """Return a header in plain letters; "" where it is missing or broken beyond reading."""
    given = next((str(v) for n, v in message.raw_items() if n.lower() == name.lower()), "")
    # Letters sent as they are, without the encoding that mail asks for.
    plain = given.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        found = str(email.header.make_header(email.header.decode_header(plain)))
    except (ValueError, LookupError, UnicodeError, AssertionError):
        found = plain
    return re.sub(r"[\0\r\n\t]+", " ", found.encode("utf-8", "replace").decode()).strip()


def _sender(message: email.message.Message) -> tuple[str, str]:
    """Return name and address of From; of Reply-To where From is a machine that writes for one."""
    given = [_first(header(message, name)) for name in ("From", "Reply-To")]
    is_machine = re.match(r"(no|do-?not|donot)[._-]?reply|mailer|notifications?@", given[0][1])
    return given[1] if is_machine and given[1][1] else given[0]


def _first(text: str) -> tuple[str, str]:
    try:
        found = getaddresses([text])
    except (ValueError, IndexError):
        return "", ""
    name, address = next(((n, a) for n, a in found if "@" in a), ("", ""))
    return name.strip(" '\""), address.strip().lower()


def _text(message: email.message.Message) -> str:
    parts = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in shown:
            if part.get_content_type() == kind:
                text = _decoded(part)
                return text if kind == "text/plain" else _plain(text)
    return ""


def _decoded(part: email.message.Message) -> str:
    body = part.get_payload(decode=True)
    raw = body if isinstance(body, bytes) else str(body or "").encode("utf-8", "replace")
    for charset in (part.get_content_charset(), "utf-8", "cp1252"):
        try:
            return raw.decode(charset or "utf-8").replace("\0", "").replace("\r\n", "\n")
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1").replace("\0", "")


def _plain(text: str) -> str:
    bare = nh3.clean(_BREAKS.sub("\n", _HIDDEN.sub("", text)), tags=set())
    return re.sub(r"\n\s*\n\s*\n+", "\n\n", html.unescape(bare)).strip()


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
