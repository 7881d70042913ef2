"""leadfarm restore FILE: a new installation from a backup."""

import argparse
from pathlib import Path

from leadfarm.project.cli.backup import embedded_only
from leadfarm.project.cli.command import Command


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup made")


def run(options: argparse.Namespace) -> int:
    """Fill the data folder and say so."""
    from leadfarm.engine.home import home
    from leadfarm.engine.postgres import Cluster
    from leadfarm.engine.postgres.archive import load

    embedded_only("restore", "pg_restore")
    load(Cluster(home()), options.file)
    print(f"{home()} is restored. Run: leadfarm migrate")
    return 0


COMMAND = Command(
    summary="make an installation from a backup",
    description="Fill an empty data folder (LEADFARM_HOME) from a file that backup made. A folder"
    " that holds\nan installation is refused.",
    examples=("LEADFARM_HOME=/srv/leadfarm-new leadfarm restore /backups/leadfarm-2026-03-02.tar",),
    run=run,
    arguments=arguments,
)
