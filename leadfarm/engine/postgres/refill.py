"""An installation filled from an archive: its data folder, its secrets, and its database."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import make_folder
from leadfarm.engine.keys import SECRETS
from leadfarm.engine.postgres import archive
from leadfarm.engine.postgres.cluster import OWNER, Cluster
from leadfarm.engine.postgres.place import DECISION
from leadfarm.engine.postgres.reach import Reach, embedded

# What belongs to an installation, and makes way for another one as a whole.
BELONGINGS = (SECRETS, DECISION, "postgres", archive.FILES, "demo.ready", "simulation")
ASIDE = "before-restore"


def refill_embedded(cluster: Cluster, file: Path, *, replace: bool) -> None:
    """Fill a fresh data folder; with `replace` what is there is moved aside, not deleted."""
    home = cluster.home
    if (home / SECRETS).exists() and not replace:
        raise LeadfarmError(
            f"{home} holds an installation already.",
            "Restore into an empty folder (LEADFARM_HOME=/path/to/new), or say --replace.",
        )
    if (home / ASIDE).exists() and replace:
        raise LeadfarmError(f"{home / ASIDE} is there from the last time.", "Delete it first.")
    make_folder(home, 0o711 if os.geteuid() == 0 else 0o700)
    with _unpacked(home, file) as folder:
        if (home / SECRETS).exists():
            cluster.stop()
        with _made_way(home, cluster.remove):
            _take(home, folder)
            cluster.start()
            archive.load(embedded(cluster), folder, owner=OWNER)


def refill_outside(
    home: Path, file: Path, reach: Reach, make_roles: Callable[[], object], *, replace: bool
) -> None:
    """Fill a database of the user's own, and the data folder beside it."""
    there = archive.tables(reach)
    if (there or (home / SECRETS).exists()) and not replace:
        what = f"the database has {there} tables" if there else f"{home} has its secrets"
        raise LeadfarmError(f"There is an installation already: {what}.", "Say --replace.")
    with _unpacked(home, file) as folder, _made_way(home, lambda: None):
        _take(home, folder)
        make_roles()
        archive.load(reach, folder, empty=there > 0)


@contextmanager
def _unpacked(home: Path, file: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=home) as folder:
        archive.unpack(file, Path(folder))
        yield Path(folder)


@contextmanager
def _made_way(home: Path, undo: Callable[[], object]) -> Iterator[None]:
    """Move what is there aside; put it back when the block fails."""
    moved = [name for name in BELONGINGS if (home / name).exists()]
    if moved:
        aside = make_folder(home / ASIDE, 0o711 if os.geteuid() == 0 else 0o700)
        for name in moved:
            (home / name).rename(aside / name)
    try:
        yield
    except BaseException:
        undo()
        for name in BELONGINGS:
            _delete(home / name)
        for name in moved:
            (home / ASIDE / name).rename(home / name)
        if moved:
            (home / ASIDE).rmdir()
        raise


def _take(home: Path, folder: Path) -> None:
    for name in (SECRETS, archive.FILES):
        if (folder / name).exists():
            shutil.move(folder / name, home / name)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
