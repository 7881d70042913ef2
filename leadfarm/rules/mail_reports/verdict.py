"""Why a mail did not arrive, and whether its address is dead: by status, by words, by the command.

The words go before the status, for 5.1.1 is also given for full mailboxes and 5.7.1 for people who
have left. What speaks of the sender or of this one mail goes before what speaks of the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from leadfarm.rules.mail_reports import phrases
from leadfarm.rules.mail_reports.wording import Command


class Reason(Enum):
    """Why a mail did not arrive, in words that a page shows."""

    NOBODY = "There is no such address."
    NO_DOMAIN = "There is no such domain, or it takes no mail."
    MOVED = "They have moved to another address."
    FULL = "Their mailbox is full."
    CLOSED = "Their mailbox is switched off or suspended."
    TOO_LARGE = "The mail was too large."
    CONTENT = "Their system took it for spam or a danger."
    US = "Their system does not take mail from our sender or server."
    LATER = "It could not be delivered in time."
    TAKEN_BACK = "Their system took the address, then refused this mail."
    DOUBTFUL = "Their system does not know the address, but its status does not say so."
    UNCLEAR = "Their system refused it without a reason that we understand."

    @property
    def is_dead(self) -> bool:
        """Return whether nothing more is to be sent to the address."""
        return self in (Reason.NOBODY, Reason.NO_DOMAIN, Reason.MOVED)


_IN_STATUS = {
    "1.1": Reason.NOBODY, "1.2": Reason.NO_DOMAIN, "1.3": Reason.NOBODY, "1.4": Reason.UNCLEAR,
    "1.6": Reason.MOVED, "1.7": Reason.US, "1.8": Reason.US, "1.10": Reason.NO_DOMAIN,
    "2.1": Reason.CLOSED, "2.2": Reason.FULL, "2.3": Reason.TOO_LARGE, "3.1": Reason.LATER,
    "3.2": Reason.NO_DOMAIN, "3.4": Reason.TOO_LARGE, "4.1": Reason.LATER, "4.2": Reason.LATER,
    "4.6": Reason.LATER, "4.7": Reason.LATER, "7.13": Reason.CLOSED, "7.27": Reason.US,
}  # fmt: skip


def judge(status: str, told: Sequence[str], command: Command) -> Reason:
    """Return why a mail did not arrive, by its status ("" unknown) and what was said.

    Of the texts the first that says something counts: what the other side said comes before what
    the reporting system says around it.
    """
    said = next((found for text in told if (found := _of(text))), None)
    if said is Reason.CLOSED and status[2:] == "1.1":
        return Reason.NOBODY
    if said is Reason.NOBODY:
        return _nobody(status, command)
    return said or _IN_STATUS.get(status[2:], Reason.UNCLEAR)


@lru_cache(maxsize=64)
def _of(text: str) -> Reason | None:
    """Return what a text says; its SMTP answer, where there is one, before the rest."""
    flat = " ".join(text.split())[:3_000]
    told = _PREFACE.sub(" ", flat)
    answer = _ANSWER.search(told)
    said = (_said(told[answer.start() :]) if answer else None) or _said(told)
    return said or (Reason.NOBODY if _REFUSED.search(flat) else None)


def _nobody(status: str, command: Command) -> Reason:
    """Return whether the words "nobody here" are to be believed.

    Some answer so to mail that they do not want, after they took the address: then the status is
    a general one. Where no status is given, the words are all there is.
    """
    if command is Command.RECIPIENT or _SPEAKS_OF_THE_ADDRESS.match(status):
        return Reason.NOBODY
    if command is Command.CONTENT:
        return Reason.TAKEN_BACK
    return Reason.DOUBTFUL if _GENERAL.match(status) else Reason.NOBODY


_SPEAKS_OF_THE_ADDRESS = re.compile(r"[45]\.(?:1\.\d{1,3}|3\.2|4\.1)$")
_GENERAL = re.compile(r"[45]\.(?:[023]\.0|7\.\d{1,3})$")
# A preface of Postfix and its like: what follows is the reason.
_PREFACE = re.compile(r"(?:recipient )?address rejected:(?! access denied)", re.IGNORECASE)
_REFUSED = re.compile(
    r"(?:recipient|address) reject(?:ed)?[.\s]*(?:\(in reply[^()]{0,40}\))?$", re.IGNORECASE
)
_ANSWER = re.compile(r"(?<![\d.:/+-])[45]\d\d[ -]")
_ORDER = (
    (Reason.NOBODY, phrases.SETTLED),
    (Reason.US, phrases.SENDER),
    (Reason.FULL, phrases.FULL),
    (Reason.TOO_LARGE, phrases.TOO_LARGE),
    (Reason.CONTENT, phrases.CONTENT),
    (Reason.CLOSED, phrases.CLOSED),
    (Reason.MOVED, phrases.MOVED),
    (Reason.NO_DOMAIN, phrases.NO_DOMAIN),
    (Reason.NOBODY, phrases.NOBODY),
    (Reason.LATER, phrases.LATER),
)


def _said(told: str) -> Reason | None:
    return next((reason for reason, words in _ORDER if words.search(told)), None)
