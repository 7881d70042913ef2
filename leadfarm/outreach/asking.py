"""Asking DNS, within a time: TXT, addresses, mail hosts, and the name behind an address."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import dns.exception
import dns.resolver
import dns.reversename
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

# One question takes at most so many seconds, all of a check together so many.
ONE_QUESTION, ALL_QUESTIONS = 2.0, 12.0


class NoAnswer(Exception):
    """DNS could not be asked: no server answered in time, or it refused to."""


@dataclass
class Asker:
    """Asks the system's name servers, or the one of `server` ("192.0.2.53" or "127.0.0.1:5353").

    What does not exist is an empty answer; what could not be asked raises NoAnswer.
    """

    server: str = field(default_factory=lambda: os.environ.get("LEADFARM_DNS", ""))
    clock: Callable[[], float] = monotonic
    all_questions: float = ALL_QUESTIONS

    def __post_init__(self) -> None:
        """Begin the time."""
        self._ends = self.clock() + self.all_questions
        self._known: dict[tuple[str, str], list[object]] = {}
        try:
            self._resolver = dns.resolver.Resolver(configure=not self.server)
        except dns.resolver.NoResolverConfiguration as error:
            raise NoAnswer("This machine names no DNS server; say one in LEADFARM_DNS.") from error
        if self.server:
            host, _, port = self.server.partition(":")
            self._resolver.nameservers, self._resolver.port = [host], int(port or 53)

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each in one piece."""
        found = [row for row in self._ask(name, "TXT") if isinstance(row, TXT)]
        return [b"".join(row.strings).decode("utf-8", "replace") for row in found]

    def addresses(self, name: str) -> list[str]:
        """Return the IPv4 and IPv6 addresses of a host."""
        return [str(row) for kind in ("A", "AAAA") for row in self._ask(name, kind)]

    def mail_hosts(self, name: str) -> list[str]:
        """Return the hosts that take a domain's mail, the preferred first."""
        found = [row for row in self._ask(name, "MX") if isinstance(row, MX)]
        ordered = sorted(found, key=lambda row: row.preference)
        return [row.exchange.to_text(omit_final_dot=True) for row in ordered]

    def names_of(self, address: str) -> list[str]:
        """Return the names that DNS gives an address."""
        behind = dns.reversename.from_address(address).to_text()
        return [str(row).rstrip(".").lower() for row in self._ask(behind, "PTR")]

    def _ask(self, name: str, kind: str) -> list[object]:
        if (name, kind) not in self._known:
            self._known[name, kind] = self._answer(name, kind)
        return self._known[name, kind]

    def _answer(self, name: str, kind: str) -> list[object]:
        left = min(ONE_QUESTION, self._ends - self.clock())
        if left <= 0:
            raise NoAnswer("DNS took too long to answer.")
        try:
            return list(self._resolver.resolve(name, kind, lifetime=left, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise NoAnswer(f"DNS gave no answer about {name}: {type(error).__name__}.") from error
