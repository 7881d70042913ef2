"""An IMAP account, read without changing it: TLS, to hosts of the open internet only."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.hosts import open_address
from leadfarm.engine.sealing import unseal
from leadfarm.intake.models import Mailbox

PATIENCE = 30.0
LARGEST = 25_000_000


class _Client(imaplib.IMAP4_SSL):
    """Connects to the address that was found fit, and checks the certificate for the name."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((open_address(self.host, self.port), self.port), timeout)
        secured: ssl.SSLSocket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return secured


class Account:
    """A signed-in connection to one folder. Use it as a context; all faults are LeadfarmError."""

    def __init__(self, mailbox: Mailbox, context: ssl.SSLContext | None = None) -> None:
        self.mailbox = mailbox
        self.context = context or ssl.create_default_context()

    def __enter__(self) -> "Account":
        """Connect, sign in, open the folder for reading."""
        box = self.mailbox
        try:
            self.client = _Client(box.host, box.port, ssl_context=self.context, timeout=PATIENCE)
            self.client.login(box.user, unseal(box.password_sealed))
            answer, told = self.client.select(_quoted(box.folder), readonly=True)
        except (OSError, imaplib.IMAP4.error) as wrong:
            raise LeadfarmError(f"{box.host} refused: {_words(wrong)}"[:290]) from None
        if answer != "OK":
            raise LeadfarmError(f"The folder {box.folder} cannot be opened: {told!r}"[:290])
        return self

    def __exit__(self, *_: object) -> None:
        """Sign out, politely where the server still listens."""
        try:
            self.client.logout()
        except (OSError, imaplib.IMAP4.error):
            self.client.shutdown()

    def validity(self) -> int:
        """Return the number that changes when the folder is made anew."""
        return self._number("UIDVALIDITY")

    def newest(self) -> int:
        """Return the number of the newest message; 0 in an empty folder."""
        numbers = self._search("ALL")
        return numbers[-1] if numbers else 0

    def after(self, uid: int, most: int) -> Iterator[tuple[int, bytes]]:
        """Give number and bytes of the messages after this one, oldest first, unread as before."""
        # A range that begins behind the end still answers with the last message.
        for number in [one for one in self._search(f"UID {uid + 1}:*") if one > uid][:most]:
            raw = self._fetch(number)
            if raw is not None:
                yield number, raw

    def _search(self, what: str) -> list[int]:
        (found, *_) = self._ask("SEARCH", what)
        return sorted(int(one) for one in (found or b"").split())

    def _fetch(self, uid: int) -> bytes | None:
        for part in self._ask("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None  # expunged meanwhile

    def _number(self, name: str) -> int:
        _, told = self.client.response(name)
        found = re.search(rb"\d+", told[0] or b"") if told else None
        return int(found[0]) if found else 0

    def _ask(self, command: str, *words: str) -> list[Any]:
        try:
            answer, told = self.client.uid(command, *words)
        except (OSError, imaplib.IMAP4.error) as wrong:
            raise LeadfarmError(f"{self.mailbox.host} broke off: {_words(wrong)}"[:290]) from None
        if answer != "OK":
            raise LeadfarmError(f"{self.mailbox.host} refused {command}."[:290])
        return list(told)


def _quoted(folder: str) -> str:
    return '"' + re.sub(r'["\\\r\n]', "", folder) + '"'


def _words(wrong: Exception) -> str:
    said = wrong.args[0] if wrong.args and isinstance(wrong.args[0], bytes) else str(wrong)
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
