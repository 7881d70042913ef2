"""leadfarm simulate: months of an invented company's life in minutes."""

import argparse
from datetime import UTC, datetime

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import TIME_FORM, Command, count, count_or_none, moment

MOST_MONTHS = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, of whom, where."""
    parser.add_argument(
        "--leads", type=count, default=250, metavar="N", help="leads that come in (250)"
    )
    parser.add_argument(
        "--months", type=count, default=12, metavar="M", help="months they come in, 1 to 60 (12)"
    )
    parser.add_argument(
        "--seed",
        type=count_or_none,
        default=1,
        metavar="S",
        help="the seed: the same gives the same company (1)",
    )
    parser.add_argument(
        "--workspace", required=True, metavar="SLUG", help="the new workspace, at /w/SLUG/"
    )
    parser.add_argument(
        "--until", type=moment, metavar="TIME", help=f"when the history ends, {TIME_FORM} (now)"
    )


def run(options: argparse.Namespace) -> int:
    """Live through the months, and say what came of them."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    until = _until(options)
    start_django("worker")
    refuse_older_tables()
    from leadfarm.access.models import Workspace
    from leadfarm.simulation.history import Story, simulate

    if Workspace.objects.filter(slug=options.workspace).exists():
        raise LeadfarmError(f"There is a workspace {options.workspace} already.", "Name a new one.")
    life = simulate(Story(options.workspace, options.leads, options.months, options.seed, until))
    print(f"{options.workspace}: {life.entered} leads, {life.done} tasks done.")
    return 0


def _until(options: argparse.Namespace) -> datetime:
    if options.months > MOST_MONTHS:
        raise LeadfarmError(f"{options.months} months are too many.", f"Give 1 to {MOST_MONTHS}.")
    until: datetime = options.until or datetime.now(UTC)
    return until


COMMAND = Command(
    summary="months of an invented company in minutes",
    description="Let an invented company live in a new workspace: prospects come in, people call,"
    " programs\nrun, sales accepts and wins, day by day, through the product's own actions on a"
    " clock of\nits own. The same seed gives the same company. What is true about each lead is"
    " kept in\nLEADFARM_HOME/simulation/, where no report reads it.",
    examples=(
        "leadfarm simulate --workspace trial --leads 250 --months 12 --seed 7",
        "leadfarm simulate --workspace past --months 3 --until 2026-03-02T12:00",
    ),
    run=run,
    arguments=arguments,
)
