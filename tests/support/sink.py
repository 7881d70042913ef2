"""An SMTP server on loopback that keeps what it gets, and misbehaves when an address asks it to.

The local part decides: dead-… 550 5.1.1 · policy-… 550 5.7.1 · full-… 452 4.2.2 · spam-… 554 after
the data · hang-… never answers the data · drop-… closes the connection after the data.
"""

import asyncio
import re
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

AT_RECIPIENT = {
    "dead": b"550 5.1.1 No such user\r\n",
    "policy": b"550 5.7.1 Blocked by policy\r\n",
    "full": b"452 4.2.2 Mailbox full\r\n",
}
MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.M | re.I)


@dataclass
class Sink:
    """Use it as a context manager; `received` holds (Message-ID, recipient, data) in order."""

    pipelining: bool = True
    refuse_sender: bytes = b""
    at_recipient: bytes = b""  # what every recipient is answered
    refuses_domain: str = ""  # recipients there are answered 450
    breaks_off_for: str = ""  # at a recipient there it says 421 and closes
    drops_everything: bool = False  # after the data it closes without a word
    pause: float = 0.0  # seconds between taking a mail and answering
    received: list[tuple[str, str, bytes]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # recipients that were not accepted
    connections: int = 0
    port: int = 0

    def ids(self) -> list[str]:
        """Return the Message-ID of each accepted mail, in order."""
        return [found[0] for found in self.received]

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(60)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=2**20)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink ESMTP\r\n")
        recipient, ok = "", False
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                more = b"250-PIPELINING\r\n" if self.pipelining else b""
                writer.write(b"250-sink\r\n" + more + b"250 8BITMIME\r\n")
            elif verb == b"MAIL":
                ok = not self.refuse_sender
                writer.write(self.refuse_sender or b"250 2.1.0 Ok\r\n")
                if self.refuse_sender.startswith(b"421"):
                    return
            elif verb == b"RCPT":
                recipient = line.decode().split("<")[1].split(">")[0]
                answer = self._answer(recipient)
                if not answer.startswith(b"250"):
                    ok = False
                    self.refused.append(recipient)
                writer.write(answer)
                if answer.startswith(b"421"):
                    return
            elif verb == b"DATA":
                if not ok:
                    writer.write(b"503 5.5.1 No valid recipients\r\n")
                    continue
                writer.write(b"354 Go on\r\n")
                data = await reader.readuntil(b"\r\n.\r\n")
                if not await self._took(recipient, data, writer):
                    return
            elif verb == b"QUIT":
                writer.write(b"221 Bye\r\n")
                return
            else:
                writer.write(b"250 Ok\r\n")

    def _answer(self, recipient: str) -> bytes:
        local, _, domain = recipient.partition("@")
        if domain == self.breaks_off_for:
            return b"421 4.7.0 Not with me\r\n"
        if domain == self.refuses_domain:
            return b"450 4.7.1 Not now\r\n"
        fine = self.at_recipient or b"250 2.1.5 Ok\r\n"
        return AT_RECIPIENT.get(local.split("-")[0], fine)

    async def _took(self, recipient: str, data: bytes, writer: asyncio.StreamWriter) -> bool:
        does = recipient.split("-")[0]
        if does == "spam":
            writer.write(b"554 5.7.1 Looks like spam\r\n")
            return True
        whole = data[:-3].replace(b"\r\n..", b"\r\n.")
        found = MESSAGE_ID.search(whole)
        self.received.append((found[1].decode() if found else "", recipient, whole))
        if does == "hang":
            await asyncio.sleep(3600)
        if does == "drop" or self.drops_everything:
            return False
        if self.pause:
            await asyncio.sleep(self.pause)
        writer.write(b"250 2.0.0 Ok\r\n")
        return True
