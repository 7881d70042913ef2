"""Whether the world believes our mail: what DNS says of the domain we send from, and our server."""

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from leadfarm.outreach import addresses
from leadfarm.outreach.asking import Asker, NoAnswer
from leadfarm.outreach.models import MailServer, Sender
from leadfarm.outreach.spf import Spf, TooManyLookups
from leadfarm.rules.mail_records import (
    Finding,
    Health,
    Record,
    judge_dkim,
    judge_dmarc,
    provider_of,
    spf_records,
    spf_to_write,
)


def look_up(sender: Sender, server: MailServer | None, asker: Asker | None = None) -> list[Finding]:
    """Return how it stands with SPF, DKIM, DMARC, the reverse host, replies and one-click links."""
    link = _one_click()
    try:
        asking = asker or Asker()
    except NoAnswer as silence:
        return [Finding("DNS", Health.UNKNOWN, str(silence)), link]
    domain = sender.domain
    host = server.host if server else ""
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("SPF", lambda: _spf(asking, domain, host)),
        ("DKIM", lambda: _dkim(asking, sender)),
        ("DMARC", lambda: _dmarc(asking, domain)),
        ("Replies", lambda: _replies(asking, domain)),
    ]
    if host and not provider_of(host):
        checks.append(("Reverse host", lambda: _reverse(asking, host)))
    return [*(_answered(about, check) for about, check in checks), link]


def every_domain() -> Iterator[tuple[str, list[Finding]]]:
    """Return each workspace's domain with its findings, domain by domain. The worker's view."""
    servers = {server.workspace_id: server for server in MailServer.objects.all()}
    for sender in Sender.objects.order_by("id"):
        yield sender.domain, look_up(sender, servers.get(sender.workspace_id))


def as_kept(finding: Finding) -> dict[str, object]:
    """Return a finding as it is kept and printed."""
    write = finding.write
    return {
        "about": finding.about,
        "health": finding.health.slug,
        "said": finding.said,
        "found": list(finding.found),
        "write": [write.name, write.kind, write.value] if write else None,
        "zone_line": write.zone_line if write else "",
    }


def _answered(about: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except NoAnswer as silence:
        return Finding(about, Health.UNKNOWN, f"{silence} Try again in a minute.")


def _dkim(asker: Asker, sender: Sender) -> Finding:
    name = f"{sender.dkim_selector}._domainkey.{sender.domain}"
    return judge_dkim(asker.texts(name), name, sender.dkim_public)


def _dmarc(asker: Asker, domain: str) -> Finding:
    """A subdomain without a record of its own takes that of the domain above it."""
    found = asker.texts(f"_dmarc.{domain}")
    above = domain.split(".", 1)[1]
    if not found and above.count("."):
        inherited = asker.texts(f"_dmarc.{above}")
        if inherited:
            return judge_dmarc(inherited, above)
    return judge_dmarc(found, domain)


def _spf(asker: Asker, domain: str, host: str) -> Finding:
    records = spf_records(asker.texts(domain))
    if not records:
        write = spf_to_write(domain, host) if host else None
        said = f"{domain} does not say who may send for it."
        return Finding("SPF", Health.BAD, said, (), write)
    if len(records) > 1:
        said = f"There are {len(records)} SPF records; receivers then ignore all of them. Keep one."
        return Finding("SPF", Health.BAD, said, tuple(records))
    if not host:
        said = "There is a record. Whether it names our mail server shows once there is one."
        return Finding("SPF", Health.WARNING, said, tuple(records))
    try:
        return _allowed(asker, domain, host, records[0])
    except TooManyLookups:
        said = (
            "The record needs more than ten questions, so receivers treat it as broken. Shorten it."
        )
        return Finding("SPF", Health.BAD, said, tuple(records))


def _allowed(asker: Asker, domain: str, host: str, record: str) -> Finding:
    """Say whether the record lets our server send; a provider's servers hide behind its include."""
    provider = provider_of(host)
    if provider and f"include:{provider}" in record.lower().split():
        return Finding("SPF", Health.GOOD, f"It lets {provider} send for us.", (record,))
    found = [] if provider else [a for a in _of_host(asker, host) if ip_address(a).is_global]
    results = {address: Spf(asker, address).result(domain) for address in found}
    if results and set(results.values()) == {"pass"}:
        named = ", ".join(sorted(results))
        return Finding("SPF", Health.GOOD, f"It lets {host} ({named}) send for us.", (record,))
    if not found and not provider:
        said = f"{host} has no public address, so whether the record names it cannot be seen."
        return Finding("SPF", Health.WARNING, said, (record,))
    why = ", ".join(sorted(set(results.values()))) or f"include:{provider} is not in it"
    said = f"It does not let {host} send for us: {why}."
    return Finding("SPF", Health.BAD, said, (record,), spf_to_write(domain, host, record))


def _of_host(asker: Asker, host: str) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        return asker.addresses(host)


def _reverse(asker: Asker, host: str) -> Finding:
    """The address of a server has a name, and that name has the address."""
    about, found = "Reverse host", [a for a in _of_host(asker, host) if ip_address(a).is_global]
    if not found:
        said = f"{host} has no public address; ask whoever runs it which one its mail comes from."
        return Finding(about, Health.WARNING, said)
    for address in found:
        names = asker.names_of(address)
        if not any(address in asker.addresses(name) for name in names):
            said = f"{address} has no name that leads back to it. Ask its provider to set this one."
            pointer = Record(ip_address(address).reverse_pointer, host, "PTR")
            return Finding(about, Health.BAD, said, tuple(names), pointer)
    said = "Each address of the server has a name that leads back."
    return Finding(about, Health.GOOD, said, tuple(found))


def _replies(asker: Asker, domain: str) -> Finding:
    hosts = asker.mail_hosts(domain)
    if hosts == [""]:
        said = f"{domain} says that it takes no mail, so replies and bounces are lost."
        return Finding("Replies", Health.BAD, said)
    if hosts:
        said = f"Mail to {domain} has somewhere to go."
        return Finding("Replies", Health.GOOD, said, tuple(hosts))
    said = f"{domain} has no mail host (MX), so replies and bounces may be lost."
    return Finding("Replies", Health.BAD if not asker.addresses(domain) else Health.WARNING, said)


def _one_click() -> Finding:
    base = addresses.base()
    if base.startswith("https://"):
        said = "The way out in the head of each mail is an https address, as RFC 8058 asks."
        return Finding("One-click unsubscribe", Health.GOOD, said, (base,))
    said = "The way out in the head of each mail must be an https address: set LEADFARM_URL."
    return Finding("One-click unsubscribe", Health.BAD, said, (base,))
