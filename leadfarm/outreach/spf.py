"""Whether a domain's SPF record lets a server send for it (RFC 7208), as far as we need it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from leadfarm.outreach.asking import Asker
from leadfarm.rules.mail_records import MOST_SPF_LOOKUPS, spf_records

TERM = re.compile(r"([+?~-]?)(all|include|a|mx|ip4|ip6|exists|ptr)(?:[:=]?(.*))$", re.I)
RESULTS = {"": "pass", "+": "pass", "?": "neutral", "~": "softfail", "-": "fail"}


class TooManyLookups(Exception):
    """The record needs more than ten questions: receivers then treat it as broken."""


@dataclass
class Spf:
    """Evaluates records for one address; counts the questions a receiver would have to ask."""

    asker: Asker
    address: str
    asked: int = 0

    def result(self, domain: str) -> str:
        """Return pass, fail, softfail, neutral or none; raise TooManyLookups."""
        records = spf_records(self.asker.texts(domain))
        if len(records) != 1:
            return "none"
        terms = records[0].split()[1:]
        for term in terms:
            found = TERM.match(term)
            if found and self._matches(found[2].lower(), found[3], domain):
                return RESULTS[found[1]]
        onward = [term[9:] for term in terms if term.lower().startswith("redirect=")]
        if onward:
            self._count()
            return self.result(onward[0])
        return "neutral"

    def _count(self) -> None:
        self.asked += 1
        if self.asked > MOST_SPF_LOOKUPS:
            raise TooManyLookups

    def _matches(self, kind: str, value: str, domain: str) -> bool:
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return self._inside(value)
        self._count()
        if kind == "include":
            return self.result(value) == "pass"
        name, _, length = value.partition("/")
        suffix = f"/{length}" if length else ""
        hosts = [name or domain] if kind == "a" else []
        if kind == "mx":
            hosts = self.asker.mail_hosts(name or domain)
        return any(
            self._inside(found + suffix) for host in hosts for found in self.asker.addresses(host)
        )

    def _inside(self, network: str) -> bool:
        try:
            return ip_address(self.address) in ip_network(network, strict=False)
        except ValueError:
            return False
