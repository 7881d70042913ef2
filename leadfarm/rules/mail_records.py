"""What DNS must say so that a domain's mail is believed: SPF, DKIM, DMARC; and the words to write.

Judges records that were found; asking for them is somebody else's work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leadfarm.rules.coded import Code

# One string of a TXT record holds so many characters; longer values are written as several.
ONE_STRING = 255
MOST_SPF_LOOKUPS = 10
POLICIES = ("none", "quarantine", "reject")
# By the end of a server's name: whose it is, and what SPF must include for it.
PROVIDERS = {
    "gmail.com": "_spf.google.com",
    "google.com": "_spf.google.com",
    "office365.com": "spf.protection.outlook.com",
    "outlook.com": "spf.protection.outlook.com",
    "amazonaws.com": "amazonses.com",
    "sendgrid.net": "sendgrid.net",
    "mailgun.org": "mailgun.org",
    "mailjet.com": "spf.mailjet.com",
    "postmarkapp.com": "spf.mtasv.net",
    "sparkpostmail.com": "_spf.sparkpostmail.com",
    "zoho.com": "zohomail.com",
    "brevo.com": "spf.brevo.com",
}


class Health(Code):
    """How it stands with one of them. Details: how its tag looks."""

    GOOD = 1, "Good", "good"
    WARNING = 2, "Could be better", "warn"
    BAD = 3, "Missing or wrong", "bad"
    UNKNOWN = 4, "Could not be asked", "warn"

    look: str


@dataclass(frozen=True)
class Record:
    """A record to be written into DNS, word for word."""

    name: str
    value: str
    kind: str = "TXT"

    @property
    def zone_line(self) -> str:
        """Return it as a line of a zone file; long values in strings of 255 characters."""
        if self.kind != "TXT":
            return f"{self.name}. IN {self.kind} {self.value}."
        parts = [self.value[at : at + ONE_STRING] for at in range(0, len(self.value), ONE_STRING)]
        quoted = " ".join(f'"{part}"' for part in parts)
        return f"{self.name}. IN TXT {f'( {quoted} )' if len(parts) > 1 else quoted}"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, in words, what was found, and what to write."""

    about: str
    health: Health
    said: str
    found: tuple[str, ...] = ()
    write: Record | None = None


def tags_of(record: str) -> dict[str, str]:
    """Return the tags of a DKIM or DMARC record: "v=DMARC1; p=none" is {"v": ..., "p": ...}."""
    pairs = (part.partition("=") for part in record.split(";") if "=" in part)
    return {name.strip().lower(): re.sub(r"\s", "", value) for name, _, value in pairs}


def judge_dkim(found: Sequence[str], name: str, ours: str) -> Finding:
    """Say whether the selector's record holds our key."""
    about, write = "DKIM", Record(name, ours)
    keys = [tags_of(record).get("p", "") for record in found if "p" in tags_of(record)]
    if not keys:
        said = f"There is no key at {name}, so nobody can check our signature."
        return Finding(about, Health.BAD, said, tuple(found), write)
    if tags_of(ours)["p"] in keys and len(keys) == 1:
        return Finding(about, Health.GOOD, "The key in DNS is the one we sign with.", tuple(found))
    if keys == [""]:
        said = "The key in DNS was withdrawn (an empty p=): every signature of ours fails."
    elif len(keys) > 1:
        said = f"There are {len(keys)} keys under one name: receivers take any of them."
    else:
        said = "The key in DNS is not the one we sign with: every signature of ours fails."
    return Finding(about, Health.BAD, said, tuple(found), write)


def judge_dmarc(found: Sequence[str], domain: str) -> Finding:
    """Say whether the domain has one valid DMARC record."""
    about = "DMARC"
    ours = [record for record in found if re.match(r"v\s*=\s*DMARC1\s*(;|$)", record.strip())]
    write = Record(f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}")
    if not ours:
        said = "There is no DMARC record. Large providers refuse bulk mail of a domain without one."
        return Finding(about, Health.BAD, said, tuple(found), write)
    if len(ours) > 1:
        said = f"There are {len(ours)} DMARC records; receivers ignore all of them. Keep one."
        return Finding(about, Health.BAD, said, tuple(ours), write)
    policy = tags_of(ours[0]).get("p", "").lower()
    if policy not in POLICIES:
        said = f"The record has no policy (p=) of {', '.join(POLICIES)}, so it is ignored."
        return Finding(about, Health.BAD, said, tuple(ours), write)
    if "rua" not in tags_of(ours[0]):
        said = (
            f"The policy is {policy}. Nobody gets its reports: add rua=mailto:… to hear of misuse."
        )
        return Finding(about, Health.WARNING, said, tuple(ours))
    said = f"The policy is {policy}, and its reports go to somebody."
    return Finding(about, Health.GOOD, said, tuple(ours))


def provider_of(host: str) -> str:
    """Return what SPF must include for this mail server; empty where it is nobody's we know."""
    ends = (host.lower().endswith(f".{end}") or host.lower() == end for end in PROVIDERS)
    return next((value for value, hit in zip(PROVIDERS.values(), ends, strict=True) if hit), "")


def spf_records(found: Sequence[str]) -> list[str]:
    """Return the SPF records among TXT records."""
    return [record for record in found if re.match(r"v=spf1( |$)", record.lower())]


def spf_to_write(domain: str, host: str, known: str = "") -> Record:
    """Return the SPF record with this server in it: what is there stays."""
    provider = provider_of(host)
    term = f"include:{provider}" if provider else f"a:{host}"
    if not known:
        return Record(domain, f"v=spf1 {term} ~all")
    first, _, rest = known.partition(" ")
    return Record(domain, f"{first} {term} {rest}".strip())
