"""SMTP over a kept connection, with pipelining where the server offers it."""

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass

from leadfarm.outreach.codes import Security
from leadfarm.outreach.delivery.fates import Fate, Outcome
from leadfarm.outreach.delivery.mime import Mail

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# The person or the domain is not there, or takes mail no more. 5.7.1 (policy) and 4.4.7 (took
# too long) are not among them: such addresses live.
DEAD = {"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"}
DEAD_CODES = {550, 551, 553}
GOING_AWAY = 421
LATER_CODES = {450, 451, 452, 454}


@dataclass(frozen=True)
class Server:
    """Where and how to connect."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = ""
    timeout: float = 30.0
    our_name: str = ""


class SmtpConnection:
    """Hands mails to one server; reconnects by itself, says what it does not know."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._is_fresh = False

    def hand_over(self, mail: Mail) -> Outcome:
        """Send one mail and return the server's answer, or what is known without one."""
        outcome = self._try(mail)
        if outcome.fate is Fate.CUT_OFF and not self._is_fresh:
            outcome = self._try(mail)  # a kept connection that the server closed meanwhile
        return outcome

    def probe(self) -> Outcome:
        """Connect and log in, and say whether that worked; no mail is risked."""
        try:
            self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Fate.NOT_HANDED_OVER, _code(error), _words(error))
        return Outcome(Fate.ACCEPTED)

    def close(self) -> None:
        """Say goodbye; a connection that is gone is closed already."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _try(self, mail: Mail) -> Outcome:
        try:
            smtp = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Fate.NOT_HANDED_OVER, _code(error), _words(error))
        try:
            refusal = self._envelope(smtp, mail)
            if refusal:
                return refusal
            smtp.send(b"\r\n".join([_stuffed(mail.data), b".", b""]))
        except (OSError, smtplib.SMTPException) as error:
            # The end of the mail was never sent, so the server has not taken it.
            self._drop()
            return Outcome(Fate.CUT_OFF, _code(error), _words(error))
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Outcome(Fate.UNKNOWN, 0, _words(error))
        if code == GOING_AWAY:
            self._drop()
            return Outcome(Fate.CUT_OFF, code, _said(reply))
        return judged(code, reply, of_recipient=False)

    def _connected(self) -> smtplib.SMTP:
        self._is_fresh = self._smtp is None
        if self._smtp is not None:
            return self._smtp
        at, name = self._server, self._server.our_name or None
        if at.security is Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                at.host, at.port, name, timeout=at.timeout, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(at.host, at.port, name, timeout=at.timeout)
        try:
            smtp.ehlo()
            if at.security is Security.STARTTLS:
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if at.user:
                smtp.login(at.user, at.password)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, mail: Mail) -> Outcome | None:
        """Announce the mail; return the refusal, or None when the server waits for its data."""
        commands = [f"MAIL FROM:<{mail.sender}>", f"RCPT TO:<{mail.recipient}>", "DATA"]
        if smtp.has_extn("pipelining"):
            smtp.send("\r\n".join([*commands, ""]).encode())
            replies = []
            for _ in commands:
                replies.append(smtp.getreply())
                if replies[-1][0] == GOING_AWAY:
                    break
        else:
            replies = []
            for command in commands:
                smtp.putcmd(command)
                replies.append(smtp.getreply())
                if replies[-1][0] >= 400:
                    break
        return self._refusal(smtp, replies)

    def _refusal(self, smtp: smtplib.SMTP, replies: list[tuple[int, bytes]]) -> Outcome | None:
        sender, *rest = replies
        if all(code in (250, 251, 252, 354) for code, _ in replies):
            return None
        if sender[0] >= 400:  # about us, not about this address
            self._drop()
            fate = Fate.CUT_OFF if sender[0] == GOING_AWAY else Fate.NOT_HANDED_OVER
            return Outcome(fate, sender[0], _said(sender[1]))
        code, reply = next(r for r in rest if r[0] >= 400 or r[0] < 200)
        if code == GOING_AWAY:
            self._drop()
            return Outcome(Fate.CUT_OFF, code, _said(reply))
        try:
            if len(replies) == 3 and replies[2][0] == 354:
                smtp.send(b".\r\n")  # the server waits for a mail to nobody: end it
                smtp.getreply()
            smtp.putcmd("RSET")
            smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._drop()  # its answer is known all the same
        return judged(code, reply, of_recipient=rest[0][0] >= 400)

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def judged(code: int, reply: bytes, *, of_recipient: bool) -> Outcome:
    """Return what an answer means; the status code in its text decides about dead addresses."""
    said = _said(reply)
    if 200 <= code < 300:
        return Outcome(Fate.ACCEPTED, code, said)
    if 400 <= code < 500 or code in LATER_CODES:
        return Outcome(Fate.LATER, code, said)
    status = STATUS.search(said)
    if status:
        dead = status[1] == "5" and f"{status[2]}.{status[3]}" in DEAD
    else:
        dead = of_recipient and code in DEAD_CODES
    return Outcome(Fate.DEAD_ADDRESS if dead else Fate.REFUSED, code, said)


def _stuffed(data: bytes) -> bytes:
    stuffed = data.replace(b"\r\n.", b"\r\n..")
    stuffed = b"." + stuffed if stuffed.startswith(b".") else stuffed
    return stuffed.removesuffix(b"\r\n")


def _said(reply: bytes) -> str:
    return reply.decode("utf-8", "replace").replace("\n", " ")[:300]


def _code(error: BaseException) -> int:
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(said) if isinstance(said, bytes) else str(said)[:300]
    return (str(error) or type(error).__name__)[:300]
