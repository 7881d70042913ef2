"""A whole installation in one file: the database, its secrets, and the uploaded files."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.home import make_folder
from leadfarm.engine.keys import SECRETS
from leadfarm.engine.postgres.cluster import DATABASE, OWNER, SUPERUSER, Cluster

DUMP = "database.dump"
FILES = "files"


def save(cluster: Cluster, file: Path) -> None:
    """Write the archive: wholly or not at all. Anybody who has it can read everything."""
    if file.exists():
        raise LeadfarmError(f"{file} exists already.", "Choose another name.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(dir=cluster.home) as folder:
        dump = Path(folder) / DUMP
        _run(cluster, "pg_dump", "--format=custom", f"--file={dump}", DATABASE)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                with tarfile.open(fileobj=to, mode="w") as archive:
                    _fill(archive, cluster.home, dump)
                to.flush()
                os.fsync(to.fileno())
            os.link(draft, file)
        finally:
            draft.unlink(missing_ok=True)


def load(cluster: Cluster, file: Path) -> None:
    """Fill a fresh data folder from the archive; refuses one that is in use."""
    if (cluster.home / SECRETS).exists():
        raise LeadfarmError(
            f"{cluster.home} holds an installation already.",
            "Restore into an empty folder: LEADFARM_HOME=/path/to/new leadfarm restore FILE",
        )
    make_folder(cluster.home, 0o711 if os.geteuid() == 0 else 0o700)
    with tempfile.TemporaryDirectory(dir=cluster.home) as folder:
        _unpack(file, Path(folder))
        shutil.move(Path(folder) / SECRETS, cluster.home / SECRETS)
        if (Path(folder) / FILES).exists():
            shutil.move(Path(folder) / FILES, cluster.home / FILES)
        try:
            cluster.start()
            dump = str(Path(folder) / DUMP)
            target = ("--no-owner", f"--role={OWNER}", "--exit-on-error", f"--dbname={DATABASE}")
            _run(cluster, "pg_restore", *target, dump)
            _take_statistics(cluster)
        except BaseException:
            cluster.remove()
            (cluster.home / SECRETS).unlink()
            raise


def _fill(archive: tarfile.TarFile, home: Path, dump: Path) -> None:
    archive.add(home / SECRETS, SECRETS)
    archive.add(dump, DUMP)
    if (home / FILES).is_dir():
        archive.add(home / FILES, FILES)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                _unpack_one(archive, member, folder)
    except FileNotFoundError:
        raise LeadfarmError(f"There is no file {file}.") from None
    except (tarfile.TarError, OSError) as error:
        raise LeadfarmError(f"{file} cannot be read as a backup: {error}.") from None
    for name in (SECRETS, DUMP):
        if not (folder / name).is_file():
            raise LeadfarmError(f"{file} is no backup of Leadfarm: it has no {name}.")


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Take plain files only, and none that would land outside the folder."""
    to = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not to.is_relative_to(folder.resolve()):
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(content, target)


def _run(cluster: Cluster, program: str, *options: str) -> None:
    """Run as the superuser: forced row-level security hides every row even from the owner."""
    to = cluster.connection(SUPERUSER)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PGHOST": to["host"],
        "PGPORT": str(to["port"]),
        "PGUSER": to["user"],
        "PGPASSWORD": to["password"],
    }
    command = [cluster.binaries()[program], *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise LeadfarmError(f"{program} failed: {words}", "Is the disk full?")


def _take_statistics(cluster: Cluster) -> None:
    """A restored database knows nothing of its sizes; queries would be slow until it does."""
    connect: Callable[..., psycopg.Connection] = psycopg.connect
    with connect(**cluster.connection(SUPERUSER, DATABASE), autocommit=True) as connection:
        connection.execute("analyze")
