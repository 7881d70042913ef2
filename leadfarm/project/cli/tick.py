"""leadfarm tick: what is due now is done now."""

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leadfarm.access.models import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which workspace, and which time it is to be."""
    parser.add_argument("--workspace", metavar="SLUG", help="only this workspace (all)")
    parser.add_argument(
        "--now", metavar="TIME", help="act as if it were this time, as 2026-03-02T10:00 (now, UTC)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per workspace")


def run(options: argparse.Namespace) -> int:
    """Tick each workspace once and say what was done."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    now = read_time(options.now)
    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.models import Workspace
    from leadfarm.nurture.ticks import sweep, tick

    for workspace in _named(Workspace.objects.order_by("slug"), options.workspace):
        entered = sweep(workspace.id, now)
        counts = tick(workspace.id, now).as_dict()
        counts["entered"] += entered
        if options.json:
            print(json.dumps({"workspace": workspace.slug, "now": now.isoformat(), **counts}))
        else:
            print(f"{workspace.slug}: {_words(counts)}")
    return 0


def read_time(text: str | None) -> datetime:
    """Return the time meant, in UTC where no zone is given; now when nothing is."""
    if text is None:
        return datetime.now(UTC)
    try:
        meant = datetime.fromisoformat(text)
    except ValueError:
        raise LeadfarmError(
            f"--now {text} is not a time.",
            "Write it as 2026-03-02T10:00 or 2026-03-02T10:00+01:00.",
        ) from None
    return meant if meant.tzinfo else meant.replace(tzinfo=UTC)


def _named(workspaces: "QuerySet[Workspace]", slug: str | None) -> "QuerySet[Workspace]":
    if slug is None:
        return workspaces
    found = workspaces.filter(slug=slug)
    if not found:
        raise LeadfarmError(f"There is no workspace {slug!r}.", "Take its name from the address.")
    return found


def _words(counts: dict[str, int]) -> str:
    done = [f"{count} {name}" for name, count in counts.items() if count]
    return ", ".join(done) or "nothing was due"


COMMAND = Command(
    summary="do what is due now, once",
    description="Move programs, hand on answers, plan messages and tasks, for one workspace or"
    " all.\nRepeatable: what is done is not due any more. The worker does this every two seconds;"
    "\nthis command is for trying things out, for other schedulers and for other times.",
    examples=(
        "leadfarm tick",
        "leadfarm tick --workspace demo --now 2026-12-01T08:00",
        "leadfarm tick --json",
    ),
    run=run,
    arguments=arguments,
)
