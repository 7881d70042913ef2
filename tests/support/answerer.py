"""A DNS server on loopback that answers from a list, over real UDP."""

import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class Answerer:
    """Use it as a context manager; `records` holds (name, kind) -> values as in a zone file.

    A name that is not there does not exist; `silent` answers nothing at all.
    """

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    silent: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Return where to ask, as LEADFARM_DNS says it."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def say(self, name: str, kind: str, *values: str) -> None:
        """Let these be the records of a name; a TXT value is put into strings of 255."""
        if kind == "TXT":
            values = tuple(
                " ".join(f'"{one[at : at + 255]}"' for at in range(0, len(one), 255))
                for one in values
            )
        self.records[name, kind] = list(values)

    def __enter__(self) -> Self:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, client = self._socket.recvfrom(4096)
            if not data:
                return
            if not self.silent:
                self._socket.sendto(self._answer(dns.message.from_wire(data)), client)

    def _answer(self, question: dns.message.Message) -> bytes:
        [wanted] = question.question
        name, kind = wanted.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(wanted.rdtype)
        self.asked.append((name, kind))
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        values = self.records.get((name, kind))
        if values:
            answer.answer.append(dns.rrset.from_text(wanted.name, 60, "IN", kind, *values))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
