"""leadfarm restore FILE: a new installation from a backup."""

import argparse
from pathlib import Path

from leadfarm.project.cli.command import Command


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where from, and over what."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup made")
    parser.add_argument(
        "--replace", action="store_true", help="also where an installation is: it makes way"
    )


def run(options: argparse.Namespace) -> int:
    """Fill data folder and database, and say so."""
    from leadfarm.engine.database import url_of
    from leadfarm.engine.home import home
    from leadfarm.engine.postgres import Cluster
    from leadfarm.engine.postgres.reach import outside
    from leadfarm.engine.postgres.refill import ASIDE, refill_embedded, refill_outside
    from leadfarm.project.cli.ground import hold_database, is_embedded
    from leadfarm.project.cli.migrate import make_roles

    hold_database()
    if is_embedded():
        refill_embedded(Cluster(home()), options.file, replace=options.replace)
    else:
        reach = outside(home(), url_of("owner"))
        refill_outside(home(), options.file, reach, make_roles, replace=options.replace)
    print(f"{home()} is restored. Run: leadfarm migrate")
    if (home() / ASIDE).exists():
        print(f"What was in the folder before lies in {home() / ASIDE}. Delete it when you may.")
    return 0


COMMAND = Command(
    summary="make an installation from a backup",
    description="Fill an empty data folder (LEADFARM_HOME), and the database of DATABASE_URL where"
    " that is set,\nfrom a file that backup made: wholly or not at all. Where an installation is,"
    " it refuses;\nwith --replace the folder's content is moved aside, and the tables of"
    " DATABASE_URL are dropped.\nStop web and worker first.",
    examples=(
        "LEADFARM_HOME=/srv/leadfarm-new leadfarm restore /backups/leadfarm-2026-03-02.tar",
        "leadfarm restore leadfarm.tar --replace",
    ),
    run=run,
    arguments=arguments,
)
