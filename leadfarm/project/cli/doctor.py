"""leadfarm doctor: does the data keep the laws, and does the world believe our mail?"""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leadfarm.engine.checks import Check
from leadfarm.project.cli.command import Command

if TYPE_CHECKING:
    from leadfarm.rules.mail_records import Finding

SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to look at, and how to say it."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("mail",),
        help="mail: instead of the data, ask DNS about the domains mail is sent from",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object per check and line: check, law, ok, found; of mail:"
        " domain, about, health, said, found, write, zone_line",
    )


def run(options: argparse.Namespace) -> int:
    """Run every check; 1 when one found something."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    if options.what == "mail":
        return _mail(as_json=options.json)
    from django.db import connection

    healthy = True
    for check in checks():
        found = check.find(connection)
        healthy = healthy and not found
        print(_as_json(check, found) if options.json else _as_text(check, found))
    return 0 if healthy else 1


def _mail(*, as_json: bool) -> int:
    """Ask DNS about every sender's domain; 1 when something is missing or wrong."""
    from leadfarm.outreach.domain_health import as_kept, every_domain
    from leadfarm.rules.mail_records import Health

    healthy = True
    for domain, findings in every_domain():
        if not as_json:
            print(domain)
        for finding in findings:
            healthy = healthy and finding.health is not Health.BAD
            told = {"domain": domain, **as_kept(finding)}
            print(json.dumps(told) if as_json else _as_advice(finding))
    return 0 if healthy else 1


def _as_advice(finding: "Finding") -> str:
    lines = [f"  {finding.health.label}: {finding.about}. {finding.said}"]
    lines += [f"      it says now: {record}" for record in finding.found]
    if finding.write is not None:
        lines += ["      write into DNS:", f"      {finding.write.zone_line}"]
    return "\n".join(lines)


def checks() -> Iterator[Check]:
    """The checks of every room that has some."""
    from importlib import import_module
    from importlib.util import find_spec

    from django.apps import apps

    for room in apps.get_app_configs():
        name = f"{room.name}.checks"
        if room.name.startswith("leadfarm.") and find_spec(name):
            module: Any = import_module(name)
            yield from module.CHECKS


def _as_text(check: Check, found: list[str]) -> str:
    lines = [f"{'broken' if found else 'ok':6}  law {check.law:<2}  {check.name}"]
    lines += [f"        {line}" for line in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"        and {len(found) - SHOWN} more (--json lists all)")
    return "\n".join(lines)


def _as_json(check: Check, found: list[str]) -> str:
    return json.dumps({"check": check.name, "law": check.law, "ok": not found, "found": found})


COMMAND = Command(
    summary="check every law on the data, or what DNS says of our mail",
    description="Look for anything the laws forbid: an open lead without a next step, a row that"
    " crosses\na wall, a sales-ready lead without a signed definition. Changes nothing.\n\n"
    "`doctor mail` asks DNS about SPF, DKIM, DMARC and the reverse host of each domain mail is sent"
    "\nfrom, and prints word for word what to write there.",
    examples=("leadfarm doctor", "leadfarm doctor --json", "leadfarm doctor mail"),
    environment=(("LEADFARM_DNS", "the DNS server to ask, as 192.0.2.53:53 (the machine's)"),),
    run=run,
    arguments=arguments,
    exit_codes=(
        (0, "every law holds; of mail: nothing is missing or wrong in DNS"),
        (1, "a law is broken, the offending ids are listed; of mail: what to write is printed"),
    ),
)
