"""leadfarm bench: how fast is it here, against the least that could be done?"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from leadfarm.project.bench.figure import Figure
from leadfarm.project.cli.command import Command, count, count_or_none

BENCHES = {
    "import": "leadfarm.project.bench.imports",
    "capture": "leadfarm.project.bench.capture",
    "advance": "leadfarm.project.bench.advance",
    "react": "leadfarm.project.bench.react",
    "send": "leadfarm.project.bench.send",
    "assign": "leadfarm.project.bench.assign",
    "touches": "leadfarm.project.bench.touches",
    "pages": "leadfarm.project.bench.pages",
    "dedupe": "leadfarm.project.bench.dedupe",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which bench, and how large."""
    parser.add_argument("name", metavar="NAME", choices=BENCHES, help=", ".join(BENCHES))
    parser.add_argument(
        "--leads", type=count, default=20_000, metavar="N", help="rows of work (20,000)"
    )
    parser.add_argument(
        "--base",
        type=count_or_none,
        default=10_000,
        metavar="B",
        help="leads there before it begins (10,000)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object per figure and line"
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="dedupe: a file of records")
    parser.add_argument(
        "--labels", type=Path, metavar="FILE", help="dedupe: which of them are the same"
    )


def run(options: argparse.Namespace) -> int:
    """Run the bench and print its figures."""
    for figure in _figures(options):
        print(figure.as_json() if options.json else figure.as_text())
        sys.stdout.flush()
    return 0


def _figures(options: argparse.Namespace) -> Iterator[Figure]:
    if options.name == "dedupe":  # works in memory: no database
        from leadfarm.project.bench import dedupe

        if options.data:
            return dedupe.of_file(options.data, options.labels)
        return dedupe.run(options.leads, options.base)
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    start_django("worker")
    refuse_older_tables()
    figures: Iterator[Figure] = importlib.import_module(BENCHES[options.name]).run(
        options.leads, options.base
    )
    return figures


COMMAND = Command(
    summary="measure the hot paths against their floors",
    description="Do N rows of work in a workspace of B leads (bench-B, made first, kept for the"
    " next time)\nand print what it took, beside the floor: the same rows by the barest statements,"
    " in the\nsame run. Needs the embedded database (dedupe: none); what a run adds is taken"
    " away again.\n"
    "Give it a LEADFARM_HOME of its own: a large base is large.",
    examples=(
        "leadfarm bench import --leads 100000 --base 1000000 --json",
        "LEADFARM_HOME=/tmp/bench leadfarm bench advance --leads 100000",
        "leadfarm bench dedupe --data people.csv --labels pairs.csv --json",
    ),
    run=run,
    arguments=arguments,
)
