"""A report of a mail system, read: about which of our mails, and what came of each address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from enum import Enum

from leadfarm.rules.mail_reports.complaints import complained, is_complaint
from leadfarm.rules.mail_reports.fields import Fields, fields_of, in_json, is_status
from leadfarm.rules.mail_reports.parts import ADDRESS, header, parts_of, text_of
from leadfarm.rules.mail_reports.robots import is_from_a_mail_system
from leadfarm.rules.mail_reports.verdict import Reason, judge
from leadfarm.rules.mail_reports.wording import (
    before_the_copy,
    command_of,
    preamble,
    said_of,
    transcript_of,
)

MOST_FAILURES = 50
MOST_IDS = 20
MOST_WORDS = 1_000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_IDS = re.compile(r"(?:message-?id|feedback-id):?[\"\s:]{0,9}<([^<>\s]{3,250})>", re.IGNORECASE)
_ENDED_WELL = ("delivered", "relayed", "expanded")
_MACHINE = re.compile(
    r"(?:mailer-daemon|mail-daemon|post-?master|mdaemon|mailer|no-?reply|abuse)@", re.IGNORECASE
)
_NAMES_OF_US = ("To", "Delivered-To", "X-Original-To", "Return-Path", "From", "Cc")


class ReportKind(Enum):
    """What a mail system tells."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Failure:
    """One address that a mail did not reach ("" not named): status ("" none), words, reason."""

    address: str
    status: str
    words: str
    reason: Reason

    @property
    def is_dead(self) -> bool:
        """Return whether nothing more is to be sent to the address."""
        return self.reason.is_dead


@dataclass(frozen=True)
class Report:
    """A report; `about` are Message-IDs of the mail it is about, as far as they are given.

    `delayed_only`: the other side goes on trying, and says so; nothing has come of it yet.
    """

    kind: ReportKind
    failures: tuple[Failure, ...]
    about: tuple[str, ...]
    complained: tuple[str, ...] = ()
    delayed_only: bool = False


@dataclass(frozen=True)
class _Read:
    """A message and what its parts say, read once."""

    message: Message
    parts: Sequence[Message]
    texts: Sequence[str]
    human: str


def read_report(message: Message) -> Report | None:
    """Return the report in a message; None where it is none, or tells that all went well."""
    read = _read(message)
    if is_complaint(message, read.parts, read.texts):
        who = complained(read.parts, read.texts)
        return Report(ReportKind.COMPLAINT, (), _about(read), who)
    if not is_from_a_mail_system(message, read.parts, read.human):
        return None
    told = fields_of(read.parts, read.texts) or in_json(read.texts)
    if not told:
        failures = tuple(_written(read))
        return Report(ReportKind.BOUNCE, failures, _about(read))
    ended_ill = [one for one in told if one.action not in _ENDED_WELL][:MOST_FAILURES]
    failures = tuple(_told(one, ended_ill, read.human) for one in ended_ill)
    delayed = bool(failures) and all(one.action == "delayed" for one in ended_ill)
    return (
        Report(ReportKind.BOUNCE, failures, _about(read), delayed_only=delayed)
        if failures
        else None
    )


def _read(message: Message) -> _Read:
    parts = parts_of(message)
    texts = [text_of(part) for part in parts]
    spoken = (
        text
        for part, text in zip(parts, texts, strict=True)
        if text.strip()
        and not is_status(part)
        and part.get_content_maintype() in ("text", "multipart")
    )
    return _Read(message, parts, texts, before_the_copy(next(spoken, "")))


def _about(read: _Read) -> tuple[str, ...]:
    """Return the Message-IDs of the mail inside, the likeliest first; never the report's own."""
    inside = [header(part, "Message-ID") for part in read.parts[1:]]
    answered = [header(read.message, name) for name in ("In-Reply-To", "References")]
    named = re.findall(r"<([^<>\s]{3,250})>", " ".join([*inside, *answered]))
    own = re.findall(r"<([^<>\s]{3,250})>", header(read.message, "Message-ID"))
    written = [one for text in read.texts for one in _IDS.findall(text)]
    return tuple(one for one in dict.fromkeys([*named, *written]) if one not in own)[:MOST_IDS]


def _told(one: Fields, all_of_them: Sequence[Fields], human: str) -> Failure:
    """Return a failure that a delivery status tells, its words completed from the human part."""
    others = [other.address for other in all_of_them if other.address != one.address]
    mine = said_of(one.address, human, others)
    around = preamble(human, [one.address, *others])
    told = (one.diagnostic, transcript_of(one.address, mine), mine, around)
    status = _status(one.diagnostic, one.status, mine)
    reason = judge(status, told, command_of(mine or human))
    if one.action == "delayed" and reason is not Reason.NO_DOMAIN:
        reason = Reason.LATER
    return Failure(one.address, status, _first(told), reason)


def _written(read: _Read) -> Iterator[Failure]:
    """Yield the failures that a report tells in words only, for people to read."""
    top, human = read.message, read.human
    own = {one.lower() for name in _NAMES_OF_US for one in ADDRESS.findall(header(top, name))}
    named = ADDRESS.findall(header(top, "X-Failed-Recipients")) or ADDRESS.findall(human)
    small = dict.fromkeys(one.lower() for one in named)
    theirs = [one for one in small if one not in own and not _MACHINE.match(one)][:MOST_FAILURES]
    for address in theirs or [""]:
        mine = said_of(address, human, [one for one in theirs if one != address])
        told = (transcript_of(address, mine), mine, preamble(human, theirs))
        status = _status(*told)
        yield Failure(address, status, _first(told), judge(status, told, command_of(mine)))


def _status(*told: str) -> str:
    """Return the first status that says more than "no" (x.0.0), else that; "" without one."""
    found = [match[1] for text in told if (match := _STATUS.search(text))]
    return next((one for one in found if not one.endswith(".0.0")), next(iter(found), ""))


def _first(told: Sequence[str]) -> str:
    kept = (" ".join(text.split()) for text in told)
    return next((text for text in kept if text), "")[:MOST_WORDS]
