"""Is the server alive? Process ids are recycled, so a pid alone proves nothing."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from leadfarm.engine.postgres.place import Place

PATIENCE = 5.0


def postmaster(place: Place) -> int | None:
    """The pid of this data directory's running server; None when there is none."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if str(place.data) in _command_of(pid) else None


def answers(place: Place) -> bool:
    """True when the server is alive and its door is open."""
    if postmaster(place) is None:
        return False
    family = socket.AF_UNIX if place.socket else socket.AF_INET
    with socket.socket(family) as caller:
        caller.settimeout(2)
        try:
            caller.connect(_door(place))
        except OSError:
            return False
    return True


def clear_traces(place: Place) -> None:
    """Remove what a killed server left behind: its pid files, and its orphans.

    To be called under the lock, when no server of ours is alive. The orphans leave by themselves as
    soon as they look up from their query; those that do not are killed.
    """
    until = time.monotonic() + PATIENCE
    while (left := _orphans(place)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    if place.socket:
        for name in (f".s.PGSQL.{place.port}", f".s.PGSQL.{place.port}.lock"):
            (place.socket / name).unlink(missing_ok=True)


def _door(place: Place) -> str | tuple[str, int]:
    if place.socket:
        return str(place.socket / f".s.PGSQL.{place.port}")
    return (place.host, place.port)


def _command_of(pid: int) -> str:
    """The command line of a process, empty when there is none or it is not a server."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        if Path("/proc/self").exists():
            return ""
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603


def _orphans(place: Place) -> list[int]:
    """Server processes that still work in the data directory (its children have it as theirs)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            at_work = (entry / "cwd").readlink() == place.data
            is_server = (entry / "cmdline").read_bytes().startswith(b"postgres:")
        except OSError:
            continue
        if at_work and is_server:
            found.append(int(entry.name))
    return found
