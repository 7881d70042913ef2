"""leadfarm backup FILE: everything in one file."""

import argparse
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError
from leadfarm.project.cli.command import Command


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to make, *.tar")


def run(options: argparse.Namespace) -> int:
    """Write the file and say how large it is."""
    from leadfarm.engine.home import home
    from leadfarm.engine.postgres import Cluster
    from leadfarm.engine.postgres.archive import save
    from leadfarm.project.cli.ground import start_database

    embedded_only("backup", "pg_dump")
    start_database()
    save(Cluster(home()), options.file)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB. Keep it secret.")
    return 0


def embedded_only(verb: str, program: str) -> None:
    """Raise when the database is a server of the user's own."""
    from leadfarm.project.cli.ground import is_embedded

    if not is_embedded():
        raise LeadfarmError(
            f"{verb} is for the embedded database; DATABASE_URL points to a server of your own.",
            f"Use that server's {program} as a user who may see every row (docs/operations.md).",
        )


COMMAND = Command(
    summary="write everything into one file",
    description="Write database, secrets and uploaded files into FILE, while Leadfarm runs. FILE"
    " lets whoever\nhas it read everything: keep it as safe as the data. An existing file is not"
    " overwritten.",
    examples=("leadfarm backup /backups/leadfarm-2026-03-02.tar",),
    run=run,
    arguments=arguments,
)
