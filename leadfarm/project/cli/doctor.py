"""leadfarm doctor: does the data keep the laws?"""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from leadfarm.engine.checks import Check
from leadfarm.project.cli.command import Command

SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to say it."""
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object per check and line: check, law, ok, found",
    )


def run(options: argparse.Namespace) -> int:
    """Run every check; 1 when one found something."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    from django.db import connection

    healthy = True
    for check in checks():
        found = check.find(connection)
        healthy = healthy and not found
        print(_as_json(check, found) if options.json else _as_text(check, found))
    return 0 if healthy else 1


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
    summary="check every law on the data",
    description="Look for anything the laws forbid: an open lead without a next step, a row that"
    " crosses\na wall, a sales-ready lead without a signed definition. Changes nothing.",
    examples=("leadfarm doctor", "leadfarm doctor --json"),
    run=run,
    arguments=arguments,
    exit_codes=((0, "every law holds"), (1, "a law is broken; the offending ids are listed")),
)
