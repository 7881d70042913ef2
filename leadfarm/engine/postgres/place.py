"""Where a data folder's server keeps its data, log and socket: decided once, then written down."""

import contextlib
import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadfarm.engine.home import make_folder
from leadfarm.engine.keys import read, secret_key, write_once
from leadfarm.engine.postgres.account import Account, server_account
from leadfarm.engine.postgres.system import system_place

# A socket's whole path may be 107 bytes on Linux, 103 elsewhere; its lock file is the longest.
LONGEST_SOCKET_FOLDER = 80
PORT = 5432
DECISION = "cluster.json"


@dataclass(frozen=True)
class Place:
    """The folders of one server, whose they are, and the door it opens."""

    home: Path
    folder: Path
    socket: Path | None
    port: int
    account: Account

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server writes about itself."""
        return self.folder / "log" / "server.log"

    @property
    def prepared(self) -> Path:
        """Exists once database and roles are made."""
        return self.folder / "prepared"

    @property
    def host(self) -> str:
        """What a client connects to: the socket's folder, or loopback."""
        return str(self.socket) if self.socket else "127.0.0.1"

    def make(self) -> None:
        """Make the folders; those the server writes belong to its user."""
        make_folder(self.folder, 0o755 if self.account.is_someone_else else 0o700)
        self.account.owns(make_folder(self.log.parent))
        if self.socket:
            self.account.owns(make_folder(self.socket))


def place_of(home: Path) -> Place:
    """The server's place for this data folder; the first caller decides, all others read it."""
    secret_key(home)  # makes the folder
    path = home / DECISION
    if not path.exists():
        with alone(home):
            if not path.exists():
                write_once(path, _decide(home))
    decided = read(path)
    folder = Path(decided["folder"]) if decided["folder"] else home / "postgres"
    door = None if decided["loopback"] else Path(decided["socket"] or folder / "run")
    return Place(home, folder, door, int(decided["port"]), server_account(decided["user"]))


@contextlib.contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else decides, starts or stops meanwhile; a crash lets go of the lock."""
    with (home / "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _decide(home: Path) -> dict[str, Any]:
    """Empty paths stand for places inside the data folder, so that it can be moved."""
    account = server_account()
    name = secrets.token_hex(6)
    inside = account.can_reach(home)
    folder = home / "postgres" if inside else _outside() / name
    door = _door(folder, name)
    loopback = door is None
    return {
        "folder": "" if inside else str(folder),
        "socket": "" if loopback or door == folder / "run" else str(door),
        "loopback": loopback,
        "port": _free_port() if loopback else PORT,
        "user": account.name,
    }


def _outside() -> Path:
    return make_folder(system_place() / "clusters", 0o755)


def _door(folder: Path, name: str) -> Path | None:
    """The first folder that can hold a socket: beside the data, else a short one; None if none."""
    short = Path("/tmp") / f"leadfarm-{os.geteuid()}-{name}"  # noqa: S108 (random name, made 0700)
    for door in (folder / "run", short):
        if len(os.fsencode(door)) <= LONGEST_SOCKET_FOLDER and _holds_sockets(door):
            return door
    return None


def _holds_sockets(door: Path) -> bool:
    """Some shared folders of containers and virtual machines hold files but no sockets."""
    try:
        make_folder(door.parent, 0o755 if os.geteuid() == 0 else 0o700)
        probe = make_folder(door, 0o700) / f".probe.{os.getpid()}"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(probe))
        probe.unlink()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
