"""A whole installation in one file: the database, its secrets, and the uploaded files."""

import os
import shutil
import tarfile
import tempfile
import time
from datetime import timedelta
from itertools import islice
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.keys import SECRETS
from leadfarm.engine.postgres.reach import Reach

DUMP = "database.dump"
FILES = "files"
# pg_restore of 17 and later writes this line, which older servers do not know.
UNKNOWN_BEFORE_17 = "SET transaction_timeout = 0;\n"
EMPTY = """\
drop schema public cascade;
create schema public;
grant usage on schema public to public;
"""


def save(reach: Reach, file: Path) -> None:
    """Write the archive: wholly or not at all. Anybody who has it can read everything."""
    if file.exists():
        raise LeadfarmError(f"{file} exists already.", "Choose another name.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(dir=reach.home) as folder:
        dump = Path(folder) / DUMP
        to = ("--format=custom", f"--file={dump}", f"--dbname={reach.conninfo}")
        reach.run("pg_dump", *reach.dump_options, *to)
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as to_:
                with tarfile.open(fileobj=to_, mode="w") as archive:
                    _fill(archive, reach.home, dump)
                to_.flush()
                os.fsync(to_.fileno())
            os.link(draft, file)
        finally:
            draft.unlink(missing_ok=True)


def prune(folder: Path, *, older_than: timedelta) -> list[Path]:
    """Delete the backups in the folder that are older, so that what was erased leaves them too.

    Other files stay, whatever they are called; returns what was deleted.
    """
    since = time.time() - older_than.total_seconds()
    old = [p for p in sorted(folder.glob("*.tar")) if p.is_file() and p.stat().st_mtime < since]
    gone = [path for path in old if is_backup(path)]
    for path in gone:
        path.unlink()
    return gone


def is_backup(file: Path) -> bool:
    """Whether the file begins as `save` begins one."""
    try:
        with tarfile.open(file) as archive:
            return [member.name for member in islice(archive, 2)] == [SECRETS, DUMP]
    except (tarfile.TarError, OSError):
        return False


def load(reach: Reach, folder: Path, *, owner: str = "", empty: bool = False) -> None:
    """Fill the database from an unpacked archive, in one transaction: wholly or not at all.

    `owner` is the role all of it shall belong to, where that is not who we are; `empty` drops what
    is there first.
    """
    script = folder / "database.sql"
    reach.run("pg_restore", "--no-owner", f"--file={script}", str(folder / DUMP))
    begin = folder / "begin.sql"
    begin.write_text((f"set role {owner};\n" if owner else "") + (EMPTY if empty else ""))
    with reach.connect() as session:
        if session.info.server_version < 170_000:
            _leave_out(script, UNKNOWN_BEFORE_17)
        files = (f"--file={begin}", f"--file={script}")
        told = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        reach.run("psql", *told, *files, f"--dbname={reach.conninfo}", "--output=/dev/null")
        # A restored database knows nothing of its sizes; queries would be slow until it does.
        session.execute("analyze")


def tables(reach: Reach) -> int:
    """Return how many tables are there already."""
    query = "select count(*) from pg_tables where schemaname = 'public'"
    with reach.connect() as session:
        row = session.execute(query).fetchone()
    return int(str(row[0])) if row else 0


def unpack(file: Path, folder: Path) -> None:
    """Unpack an archive; LeadfarmError when it is none."""
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


def _fill(archive: tarfile.TarFile, home: Path, dump: Path) -> None:
    archive.add(home / SECRETS, SECRETS)
    archive.add(dump, DUMP)
    if (home / FILES).is_dir():
        archive.add(home / FILES, FILES)


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Take plain files only, and none that would land outside the folder."""
    to = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not to.is_relative_to(folder.resolve()):
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(content, target)


def _leave_out(script: Path, line: str) -> None:
    """Blank the first such line; it stands at the top, so that no data can look like it."""
    with script.open("r+b") as file:
        start = file.read(4096)
        at = start.find(line.encode())
        if at >= 0:
            file.seek(at)
            file.write(b" " * (len(line) - 1))
