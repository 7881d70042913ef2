"""leadfarm restore FILE: a new installation from a backup."""

import argparse
from pathlib import Path

from leadfarm.project.cli.command import Command


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where from, and over what."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that backup made")
    parser.add_argument(
        "--erasures",
        type=Path,
        metavar="FILE",
        help="a copy of erasures.jsonl, where the data folder has lost its own",
    )
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
    again = _erase_again(options.erasures)
    print(f"{home()} is restored. Run: leadfarm migrate")
    if again:
        print(f"{again} people who were erased after this backup are erased again.")
    if (home() / ASIDE).exists():
        print(f"What was in the folder before lies in {home() / ASIDE}. Delete it when you may.")
    return 0


def _erase_again(copy: Path | None) -> int:
    """Do again what was erased since the backup; older tables are left to `leadfarm migrate`."""
    import shutil

    from leadfarm.engine.home import ERASURES, home
    from leadfarm.project.cli.ground import start_django, tables_are_older
    from leadfarm.project.cli.migrate import erase_again

    if copy is not None and copy.resolve() != (home() / ERASURES).resolve():
        shutil.copyfile(copy, home() / ERASURES)
        (home() / ERASURES).chmod(0o600)
    if not (home() / ERASURES).exists():
        return 0
    start_django("worker")
    return 0 if tables_are_older() else erase_again()


COMMAND = Command(
    summary="make an installation from a backup",
    description="Fill an empty data folder (LEADFARM_HOME), and the database of DATABASE_URL where"
    " that is set,\nfrom a file that backup made: wholly or not at all. Where an installation is,"
    " it refuses;\nwith --replace the folder's content is moved aside, and the tables of"
    " DATABASE_URL are dropped.\nStop web and worker first. Whoever was"
    " erased after the backup is erased again:\nerasures.jsonl in the data folder tells whom, by"
    " numbers and keyed hashes; it is never replaced.",
    examples=(
        "LEADFARM_HOME=/srv/leadfarm-new leadfarm restore /backups/leadfarm-2026-03-02.tar",
        "leadfarm restore leadfarm.tar --replace",
    ),
    run=run,
    arguments=arguments,
)
