"""What a report says to people: about which address, and in answer to which command."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum


class Command(Enum):
    """What the other side had been told when it refused."""

    UNKNOWN = "unknown"
    GREETING = "the greeting"
    SENDER = "who writes"
    RECIPIENT = "to whom"
    CONTENT = "the mail itself"


# What came before the copy of our mail that many reports end with.
_COPY = re.compile(
    r"^[ \t>]{0,6}(?:-{2,}[^\n]{0,40}(?:original|copy|returned|headers?\b|below|forwarded|unsent"
    r"|message follow|nachricht)|(?:this|below|included|here) is a copy of|below this line"
    r"|(?:original|your|returned|unsent) message(?: (?:follows|headers?|text))?\s*:?\s*$"
    r"|message headers? follow|message header|the (?:header|body|first \d+ lines) of the"
    r"|received: (?:from|by)|return-path:|-{3,}\s*$\n+received:)",
    re.IGNORECASE | re.MULTILINE,
)
_TO = r"(?:to|after|our|during|following|>>>) (?:the |our |a |your )?(?:pipelined |smtp )?"
_SAID_AFTER = (
    (Command.CONTENT, r"end of (?:message|data)|\bdata command|after data\b|message content"),
    (Command.RECIPIENT, rf"{_TO}rcpt|\[rcpt_to\]|not like recipient"),
    (Command.SENDER, rf"{_TO}mail[ _]from|\[mail_from\]|not like (?:my )?sender"),
    (
        Command.GREETING,
        r"\b(?:ehlo|helo) command|after (?:ehlo|helo)|initial (?:connection|greeting)",
    ),
)
_AFTER = [(command, re.compile(words, re.IGNORECASE)) for command, words in _SAID_AFTER]
_TALK = re.compile(r">>>[ \t]{0,9}(\w{4})\b[^\n]{0,300}\n[ \t]{0,9}<<<[ \t]{0,9}[45]\d\d")
_ALONE = re.compile(
    r"(?:smtp command|command)[^\n]{0,20}\n+[ \t]*(DATA|RCPT|MAIL|EHLO|HELO)\b", re.I
)
_STATE = re.compile(r"\(state (\d{1,2})\)")
_WORDS = {
    "DATA": Command.CONTENT,
    "RCPT": Command.RECIPIENT,
    "MAIL": Command.SENDER,
    "EHLO": Command.GREETING,
    "HELO": Command.GREETING,
}


def before_the_copy(text: str) -> str:
    """Return what the report itself says, without the copy of our mail."""
    found = _COPY.search(text, 1)
    return (text[: found.start()] if found else text)[:20_000]


def said_of(address: str, text: str, others: Collection[str]) -> str:
    """Return what is said of one address: its lines, up to where another one is spoken of."""
    if not others:
        return text
    domain = address.rpartition("@")[2]
    theirs = {one.rpartition("@")[2] for one in others} - {domain}
    kept, is_mine = [], False
    for line in text.splitlines():
        small = line.lower()
        if address in small:
            is_mine = True
        elif any(one in small for one in others) or any(one in small for one in theirs):
            is_mine = False
        if is_mine:
            kept.append(line)
    return "\n".join(kept)


def transcript_of(address: str, text: str) -> str:
    """Return the lines of a transcript that answer for this address: code, then address."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        one for one in lines if re.match(r"[45]\d\d[ -]", one) and address in one.lower()
    )


def preamble(text: str, addresses: Collection[str]) -> str:
    """Return what is said before any address is named."""
    small = text.lower()
    places = [place for one in addresses if (place := small.find(one)) >= 0]
    return text[: min(places)] if places else text


def command_of(text: str) -> Command:
    """Return the command that was refused, as far as the words tell."""
    flat = " ".join(text.split())
    if talked := _TALK.search(text):
        return _WORDS.get(talked[1].upper(), Command.UNKNOWN)
    if alone := _ALONE.search(text):
        return _WORDS[alone[1].upper()]
    if state := _STATE.search(flat):
        return _of_state(int(state[1]))
    return next((command for command, words in _AFTER if words.search(flat)), Command.UNKNOWN)


def _of_state(number: int) -> Command:
    """Return the command that Gmail means by the state of its conversation."""
    if number in (13, 14):
        return Command.RECIPIENT
    if number in (15, 16, 17, 18):
        return Command.CONTENT
    return Command.SENDER if number == 12 else Command.UNKNOWN
