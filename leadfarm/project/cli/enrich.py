"""leadfarm enrich: blanks on companies and people are filled now, and how many is said."""

import argparse
import json
from typing import TYPE_CHECKING

from leadfarm.project.cli.command import Command
from leadfarm.project.cli.report import as_table

if TYPE_CHECKING:
    from leadfarm.intake.enrichment.rates import Rate


def arguments(parser: argparse.ArgumentParser) -> None:
    """Workspace and form."""
    parser.add_argument(
        "--workspace",
        required=True,
        metavar="SLUG",
        help="the workspace's short name, as in /w/SLUG/",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def run(options: argparse.Namespace) -> int:
    """Fill blanks, then print the fill rate of each field before and after."""
    from datetime import UTC, datetime

    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.queries import find_workspace
    from leadfarm.access.walls import within
    from leadfarm.intake.enrichment.rates import fill_rates
    from leadfarm.intake.enrichment.running import enrich

    workspace = find_workspace(options.workspace)
    done = enrich(workspace, datetime.now(UTC))
    with within(workspace):
        rows = [plain(rate) for rate in fill_rates(workspace)]
    if options.json:
        print(json.dumps({"workspace": workspace.slug, **done, "fields": rows}))
    else:
        print(f"{done['looked at']} looked at, {done['filled']} values filled\n{as_table(rows)}")
    return 0


def plain(rate: "Rate") -> dict[str, str | int | float]:
    """Return a fill rate as plain data; shares are 0 to 1."""
    return {
        "of": "company" if rate.company else "person",
        "field": rate.field.slug,
        "total": rate.total,
        "before": round(rate.before, 4),
        "after": round(rate.after, 4),
        "filled": rate.filled,
    }


COMMAND = Command(
    summary="fill blanks on companies and people",
    description="Read industry groups, seniority, departments, countries and names from industries"
    " in words,\njob titles, phone numbers and domains, for all who have not been looked at since"
    " they came or\nchanged, and print how much of each field is known before and after. Nothing"
    " that is there is\nreplaced. The worker does this by itself every minute.",
    examples=("leadfarm enrich --workspace demo", "leadfarm enrich --workspace demo --json"),
    run=run,
    arguments=arguments,
)
