"""leadfarm tick: what is due now is done now."""

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import TIME_FORM, Command, moment
from leadfarm.project.ticking import TICKS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leadfarm.access.models import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which workspace, which ticks, and which time it is to be."""
    parser.add_argument("--workspace", metavar="SLUG", help="only this workspace (all)")
    parser.add_argument(
        "--now", type=moment, metavar="TIME", help=f"act as if it were this time, {TIME_FORM} (now)"
    )
    parser.add_argument(
        "--only",
        metavar="TICK",
        action="append",
        choices=list(TICKS),
        help=f"run this tick alone; may be given again: {', '.join(TICKS)} (all, in this order)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object per workspace and line"
    )


def run(options: argparse.Namespace) -> int:
    """Run the ticks of each workspace once and say what each did."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    now = options.now or datetime.now(UTC)
    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.models import Workspace

    chosen = {name: do for name, do in TICKS.items() if name in (options.only or TICKS)}
    for workspace in _named(Workspace.objects.order_by("slug"), options.workspace):
        done = {name: do(workspace, now) for name, do in chosen.items()}
        if options.json:
            said = {"workspace": workspace.slug, "now": now.isoformat(), "ticks": done}
            print(json.dumps(said))
        else:
            print("\n".join([workspace.slug, *(f"  {_words(*one)}" for one in done.items())]))
    return 0


def _named(workspaces: "QuerySet[Workspace]", slug: str | None) -> "QuerySet[Workspace]":
    if slug is None:
        return workspaces
    found = workspaces.filter(slug=slug)
    if not found:
        raise LeadfarmError(f"There is no workspace {slug!r}.", "Take its name from the address.")
    return found


def _words(name: str, counts: dict[str, int]) -> str:
    done = [f"{count} {what}" for what, count in counts.items() if count]
    return f"{name:20} {', '.join(done) or 'nothing was due'}"


COMMAND = Command(
    summary="do what is due now, once",
    description="Run every tick of the schedule once, for one workspace or all: judge clicks, let"
    " leads into\nprograms, move them, work out fit, deliver who is sales-ready, send mail, forget"
    " old import\nfiles; say what each did. Repeatable: what is done is not due any more. The"
    " worker does this by\nitself every few seconds; this command is for trying things out, for"
    " other schedulers and for\nother times. With a --now in the future, mail that is due by then"
    " is really sent; leave it out\nwith --only.",
    examples=(
        "leadfarm tick",
        "leadfarm tick --workspace demo --now 2026-12-01T08:00",
        "leadfarm tick --only let-leads-in --only move-programs --json",
    ),
    run=run,
    arguments=arguments,
)
