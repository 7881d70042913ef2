"""The ground a command stands on: a running database, and Django in one of the three roles."""

import atexit
import os
import sys
import threading
from pathlib import Path
from typing import Literal

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import home
from leadfarm.engine.postgres import Cluster
from leadfarm.engine.postgres.users import Share

Role = Literal["owner", "web", "worker"]
LOOK_EVERY_SECONDS = 1.0
_shares: list[Share] = []
_keepers: list[threading.Thread] = []
_left = threading.Event()


def is_embedded() -> bool:
    """True when the database is our own server, not one that DATABASE_URL points to."""
    return not os.environ.get("DATABASE_URL")


def start_database() -> None:
    """Start the embedded server if there is one; it stops with the last process that uses it."""
    hold_database()
    if is_embedded():
        Cluster(home()).start()


def hold_database() -> None:
    """Use the embedded server, running or not, until this process ends."""
    _check_home(home())
    if is_embedded() and not _shares:
        _shares.append(Share(home()))
        atexit.register(leave_database)


def leave_database() -> None:
    """Say that this process needs the embedded server no longer; the last one stops it."""
    _left.set()
    for keeper in _keepers:
        keeper.join()
    while _shares:
        _shares.pop().give_back()


def start_django(role: Role) -> None:
    """Make Django ready, acting in this role, on a database that runs."""
    start_database()
    os.environ["LEADFARM_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadfarm.project.settings")
    import django

    django.setup()
    _check_database()


def keep_database() -> None:
    """From now on, start the embedded server again whenever it dies; for processes that stay."""
    if is_embedded():
        _keepers.append(threading.Thread(target=_keep, args=(Cluster(home()),), daemon=True))
        _keepers[-1].start()


def _keep(cluster: Cluster) -> None:
    while not _left.wait(LOOK_EVERY_SECONDS):
        if not cluster.is_running():
            try:
                cluster.start()
            except LeadfarmError as error:
                print(f"database: {error}", file=sys.stderr)


def refuse_older_tables() -> None:
    """Raise unless the tables are those this program was written for."""
    if tables_are_older():
        raise LeadfarmError("The database is older than the program.", "Run: leadfarm migrate")


def tables_are_older() -> bool:
    """True when there are migrations to run."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connections["owner"].close()
    return bool(plan)


def _check_database() -> None:
    """Say plainly when the server of DATABASE_URL does not answer."""
    from django.db import OperationalError, connections

    try:
        connections["owner"].ensure_connection()
    except OperationalError as error:
        words = str(error).strip().splitlines()[0]
        raise LeadfarmError(
            f"The database does not answer: {words}", "Check DATABASE_URL and that the server runs."
        ) from None


def _check_home(folder: Path) -> None:
    """Say plainly when the data folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        words = (error.strerror or "unknown error").lower()
        raise LeadfarmError(
            f"The data folder {folder} cannot be made: {words}.",
            "Set LEADFARM_HOME to a folder you can write.",
        ) from None
    if not os.access(folder, os.W_OK):
        raise LeadfarmError(
            f"The data folder {folder} cannot be written.",
            "Set LEADFARM_HOME to a folder you can write.",
        )
