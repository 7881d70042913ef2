"""leadfarm report: a report as a table or as JSON."""

import argparse
import json
from typing import Any

from leadfarm.project.cli.command import Command, day


def arguments(parser: argparse.ArgumentParser) -> None:
    """Name, workspace, period, form."""
    parser.add_argument("name", metavar="NAME", help="sources, campaigns, cohorts or velocity")
    parser.add_argument(
        "--workspace",
        required=True,
        metavar="SLUG",
        help="the workspace's short name, as in /w/SLUG/",
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=day,
        metavar="DAY",
        help="leads that entered on or after this day, as 2026-03-02 (the beginning)",
    )
    parser.add_argument(
        "--until",
        dest="last",
        type=day,
        metavar="DAY",
        help="leads that entered on or before this day (today)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def run(options: argparse.Namespace) -> int:
    """Print the report."""
    from datetime import UTC, datetime

    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.queries import find_workspace
    from leadfarm.access.walls import within
    from leadfarm.engine.errors import LeadfarmError
    from leadfarm.insight.queries.period import read_period
    from leadfarm.insight.reports import REPORTS

    if options.name not in REPORTS:
        names = ", ".join(REPORTS)
        raise LeadfarmError(f"There is no report {options.name!r}.", f"There are: {names}.")
    workspace = find_workspace(options.workspace)
    now = datetime.now(UTC)
    with within(workspace):
        period = read_period(options.first or "", options.last or "", now)
        data = REPORTS[options.name].answer(workspace, period, now)
    print(json.dumps(data, indent=2, ensure_ascii=False) if options.json else as_table(data))
    return 0


def as_table(data: list[dict[str, Any]] | dict[str, Any]) -> str:
    """Return the data as columns under their names."""
    if isinstance(data, dict):
        return "\n".join(f"{name}: {cell(value)}" for name, value in data.items())
    if not data:
        return "No leads yet."
    table = [list(data[0]), *([cell(value) for value in row.values()] for row in data)]
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def cell(value: Any) -> str:
    """Return a value as a person reads it in a terminal."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return " to ".join(cell(one) for one in value)
    return str(value)


COMMAND = Command(
    summary="print a report",
    description="Print what came of the leads of a workspace: sources and campaigns with their cost"
    " per\nqualified opportunity, cohorts with their observation window, velocity.",
    examples=(
        "leadfarm report sources --workspace olist --json",
        "leadfarm report cohorts --workspace demo --from 2026-01-01",
    ),
    run=run,
    arguments=arguments,
)
