"""leadfarm simulate: months of an invented company's life in minutes."""

import argparse
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import TIME_FORM, Command, count, count_or_none, moment

if TYPE_CHECKING:
    from leadfarm.simulation.growing import Progress
    from leadfarm.simulation.models import Growth

MOST_MONTHS = 60
POLITE = 10


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
        "--workspace", required=True, metavar="SLUG", help="the workspace, at /w/SLUG/"
    )
    parser.add_argument(
        "--until", type=moment, metavar="TIME", help=f"when the history ends, {TIME_FORM} (now)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with what was begun in this workspace"
    )


def run(options: argparse.Namespace) -> int:
    """Live through the months, and say what came of them."""
    from leadfarm.project.cli.ground import refuse_older_tables, start_django

    until = _until(options)
    start_django("worker")
    refuse_older_tables()
    from leadfarm.simulation.growing import grow

    growth, clock = _growth(options, until), lambda: datetime.now(UTC)
    if options.resume:
        # Somebody is looking at the company meanwhile.
        os.nice(POLITE)
    for so_far in grow(growth, clock):
        print(_words(options.workspace, so_far), flush=True)
    _finish(growth)
    return 0


def _growth(options: argparse.Namespace, until: datetime) -> "Growth":
    from leadfarm.access.models import Workspace
    from leadfarm.simulation.growing import plan, planned
    from leadfarm.simulation.history import Story

    slug = options.workspace
    there = Workspace.objects.filter(slug=slug).first()
    begun = planned(there) if there else None
    if options.resume and begun is not None:
        return begun
    if options.resume:
        raise LeadfarmError(f"Nothing was begun in a workspace {slug}.", "Leave out --resume.")
    if there:
        hint = "Name a new one, or go on with it: --resume" if begun else "Name a new one."
        raise LeadfarmError(f"There is a workspace {slug} already.", hint)
    return plan(Story(slug, options.leads, options.months, options.seed, until))


def _words(slug: str, so_far: "Progress") -> str:
    words = f"{slug}: {so_far.lived} of {so_far.leads} leads lived"
    if so_far.left is None:
        return f"{words}."
    return f"{words}, about {max(1, round(so_far.left / timedelta(minutes=1)))} min left."


def _finish(growth: "Growth") -> None:
    from leadfarm.simulation.finishing import finish, is_finished
    from leadfarm.simulation.growing import story_of
    from leadfarm.simulation.history import open_story

    if not is_finished(growth.workspace):
        story = story_of(growth)
        finish(open_story(story), story.now)


def _until(options: argparse.Namespace) -> datetime:
    if options.months > MOST_MONTHS:
        raise LeadfarmError(f"{options.months} months are too many.", f"Give 1 to {MOST_MONTHS}.")
    until: datetime = options.until or datetime.now(UTC)
    return until


COMMAND = Command(
    summary="months of an invented company in minutes",
    description="Let an invented company live in a new workspace: prospects come in, people call,"
    " programs\nrun, sales accepts and wins, day by day, through the product's own actions on a"
    " clock of\nits own. The same seed gives the same company. It is lived in parts of about ten"
    " leads; what\nis interrupted goes on with --resume. What is true about each lead is kept in"
    "\nLEADFARM_HOME/simulation/, where no report reads it.",
    examples=(
        "leadfarm simulate --workspace trial --leads 250 --months 12 --seed 7",
        "leadfarm simulate --workspace past --months 3 --until 2026-03-02T12:00",
        "leadfarm simulate --workspace trial --resume",
    ),
    run=run,
    arguments=arguments,
)
