"""Whether a mail system wrote a message to say that a mail did not arrive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message

from leadfarm.rules.mail_reports.fields import STATUS_TYPES
from leadfarm.rules.mail_reports.parts import header

_DAEMON = re.compile(
    r"(?:^|[<\s\"(])(?:mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master|mdaemon|mailer|daemon"
    r"|mail[-_.]?(?:system|delivery|admin\w{0,10})|bounces?|undeliverable)\d{0,3}"
    r"(?:[+_.-][\w.+-]{0,60})?@|mail delivery (?:system|subsystem|service)|system administrator"
    r"|mail deliver system|mail administrator|mailer-daemon|mail router|internet mail delivery",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|deliver(?:y|ed)? (?:status|failure|report|notification|error|problem|has failed)"
    r"|returned? mail|mail return|return(?:ed|ing) (?:to sender|mail|message)|failure notice"
    r"|failure delivery|mail (?:delivery )?(?:failed|failure|error|status)|delivery failed"
    r"|(?:could|can) ?(?:n.t|not) be (?:delivered|sent)|could not deliver|unable to deliver"
    r"|not delivered|non[- ]?delivery|message (?:rejected|undeliverable|status|delayed)"
    r"|(?:user|host|recipient) unknown|nondeliverable|bounce|postmaster notify|mail system error"
    r"|delivery (?:delayed|warning)|warning: (?:could not|message)|unzustellbar|nicht zustellbar"
    r"|nicht zugestellt|zustellung|non remis|non[- ]?distribu"
    r"|.chec de la remise|no se (?:puede|pudo)"
    r" entregar|devuelto|mancat[ao] (?:consegna|recapito)|non recapit|onbestelbaar|niet bezorgd"
    r"|n.o (?:foi )?entreg|niedostarcz|nie dostarcz|kunde inte levereras|kunne ikke leveres"
    r"|ei voitu toimittaa|nedoru|nem k.zbes|недостав|не доставлен|配信|送信できません|届け",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could|can|was|were|has|have|is|be) ?(?:n.t|not|un)? ?(?:been |be )?(?:able to be )?"
    r"(?:undeliver|deliver|returned to)|(?:unable|failed|failure"
    r"|cannot|couldn't|not able|wasn't able)"
    r" (?:to|in) (?:deliver|send|reach)|did ?n.t reach|did not reach|delivery (?:has )?fail"
    r"|delivery (?:status|error|problem|to the following)"
    r"|permanent(?:ly)? (?:fatal |delivery )?(?:error"
    r"|fail)|fatal errors?|undeliver|failed recipient"
    r"|returned (?:mail|message|to sender)|rejected by"
    r"|message delivery|(?:address|recipient)\(?e?s\)? (?:had|failed)"
    r"|original message (?:was|follows)"
    r"|nicht zugestellt|unzustellbar|n'a pas pu|no se ha podido"
    r"|non . stato possibile|kon niet worden"
    r"|不能|できません|できな|не может быть доставлено|unknown user"
    r"|user unknown|error message below",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"^\s*(?:re|aw|sv|antw|rif|odp|fwd?|wg|tr|rv|doorst)\s?(?:\[\d\])?:", re.IGNORECASE
)


def is_from_a_mail_system(message: Message, parts: Sequence[Message], said: str) -> bool:
    """Return whether this is a report on a delivery, by its form; else by who wrote it and what."""
    if any(part.get_content_type() in STATUS_TYPES for part in parts):
        return not _is_attached(message)
    if message["X-Failed-Recipients"]:
        return True
    subject = header(message, "Subject")
    by_daemon = bool(_DAEMON.search(header(message, "From")))
    if _ANSWERED.match(subject) and not by_daemon:
        return False
    by_machine = by_daemon or header(message, "Return-Path") == "<>"
    signs = (bool(_SUBJECT.search(subject)), bool(_WORDS.search(said)))
    return (
        (by_machine and any(signs))
        or (_says_so(message) and all(signs))
        or "bouncedRecipients" in said
    )


def _says_so(message: Message) -> bool:
    """Return whether a machine wrote it by its own word."""
    told = header(message, "Auto-Submitted").lower()
    return bool(told) and not told.startswith("no") and not message["In-Reply-To"]


def _is_attached(message: Message) -> bool:
    """Return whether a person has sent a report on, as a part of their own mail."""
    if message.get_content_type() == "multipart/report":
        return False
    return bool(_ANSWERED.match(header(message, "Subject"))) and not _DAEMON.search(
        header(message, "From")
    )
