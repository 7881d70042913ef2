"""leadfarm backup FILE: everything in one file."""

import argparse
import os
from datetime import timedelta
from pathlib import Path

from leadfarm.project.cli.command import Command, count


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to make, *.tar")
    parser.add_argument(
        "--keep-days",
        type=count,
        metavar="N",
        help="delete backups beside FILE that are older than N days (keep them)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the file and say how large it is."""
    from leadfarm.engine.database import url_of
    from leadfarm.engine.home import home
    from leadfarm.engine.postgres import Cluster
    from leadfarm.engine.postgres.archive import prune, save
    from leadfarm.engine.postgres.reach import embedded, outside
    from leadfarm.project.cli.ground import is_embedded, start_database

    start_database()
    if is_embedded():
        reach = embedded(Cluster(home()))
    else:
        one_role = os.environ.get("LEADFARM_ONE_ROLE") == "1"
        reach = outside(home(), url_of("owner"), "" if one_role else url_of("worker"))
    save(reach, options.file)
    if options.keep_days:
        gone = prune(options.file.parent, older_than=timedelta(days=options.keep_days))
        print(
            "".join(f"{path}: older than {options.keep_days} days, deleted.\n" for path in gone),
            end="",
        )
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB. Keep it secret.")
    return 0


COMMAND = Command(
    summary="write everything into one file",
    description="Write database, secrets and uploaded files into FILE, while Leadfarm runs. FILE"
    " lets whoever\nhas it read everything: keep it as safe as the data. An existing file is not"
    " overwritten.\nA database of your own is read as the worker, whom no wall stops.",
    examples=(
        "leadfarm backup /backups/leadfarm-2026-03-02.tar --keep-days 30",
        "DATABASE_URL=postgresql://owner:secret@db/leadfarm leadfarm backup leadfarm.tar",
    ),
    run=run,
    arguments=arguments,
)
