"""The server's own programs, run with the rights of the server's user."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from leadfarm.engine.errors import LeadfarmError
from leadfarm.engine.postgres import process
from leadfarm.engine.postgres.account import Account
from leadfarm.engine.postgres.binaries import Binaries
from leadfarm.engine.postgres.faults import explain
from leadfarm.engine.postgres.place import Place

START_ATTEMPTS = 5
START_SECONDS = 60
LOG_LIMIT = 10 * 1024 * 1024
BUILTIN_LOCALE_SINCE = 17


def run(account: Account, command: list[str], folder: Path, **options: Any) -> tuple[int, str]:
    """Exit code and what was said. Output goes to a file: a started server would keep a pipe."""
    if account.is_someone_else:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    with tempfile.TemporaryFile() as said:
        with _asked_later():
            done = subprocess.run(  # noqa: S603 (our own list, no shell)
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                **options,
            )
        said.seek(0)
        return done.returncode, said.read().decode(errors="replace")


@contextmanager
def _asked_later() -> Iterator[None]:
    """Heed who asks us to stop only at the end: a pg_ctl that is just being born, or is killed
    half way, leaves a server that is not there yet for whoever would stop it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = {
        kind: signal.signal(kind, lambda number, _frame: asked.append(number))
        for kind in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in asked[:1]:
            signal.raise_signal(number)


class Control:
    """initdb and pg_ctl for one place."""

    def __init__(self, place: Place, binaries: Binaries) -> None:
        """The place's folders exist."""
        self.place = place
        self.binaries = binaries

    def initdb(self, password: str, *, durable: bool) -> None:
        """Make the data directory: wholly or not at all, however often it is interrupted."""
        draft = self.place.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.place.account.owns(draft)
        secret = self.place.folder / f".{secrets.token_hex(4)}"
        secret.touch(mode=0o600)
        try:
            secret.write_text(password)
            self.place.account.owns(secret)
            command = self._initdb_command(draft, secret) + ([] if durable else ["--no-sync"])
            code, said = run(self.place.account, command, self.place.folder)
        finally:
            secret.unlink(missing_ok=True)
        if code:
            shutil.rmtree(draft, ignore_errors=True)
            raise explain(said, folder=self.place.folder, doing="make its data folder")
        draft.rename(self.place.data)

    def start(self) -> None:
        """Return when the server answers; tries again while traces of a killed one go away."""
        for attempt in range(START_ATTEMPTS):
            code, said = self._start_once()
            if code == 0 and process.answers(self.place):
                return
            if "No space left" in said or "Permission denied" in said:
                break
            time.sleep(0.2 * (attempt + 1))
            if process.postmaster(self.place) is None:
                process.clear_traces(self.place)
        raise explain(said, folder=self.place.folder, doing="start", log=self.place.log)

    def stop(self) -> None:
        """Return when the server is gone."""
        self._pg_ctl("stop", "-m", "fast", "-t", str(START_SECONDS))
        if process.postmaster(self.place) is not None:
            self._pg_ctl("stop", "-m", "immediate")
        if process.postmaster(self.place) is not None:
            raise LeadfarmError("PostgreSQL does not stop.", f"Its log is {self.place.log}.")

    def _start_once(self) -> tuple[int, str]:
        log = self.place.log
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        read_from = log.stat().st_size if log.exists() else 0
        options = f"-c config_file={_shell_quoted(self.place.folder / 'postgresql.conf')}"
        code, said = self._pg_ctl("start", "-l", str(log), "-t", str(START_SECONDS), "-o", options)
        if log.exists():
            said = log.read_bytes()[read_from:].decode(errors="replace") or said
        return code, said

    def _pg_ctl(self, verb: str, *options: str) -> tuple[int, str]:
        command = [self.binaries["pg_ctl"], verb, "-w", "-D", str(self.place.data), *options]
        return run(self.place.account, command, self.place.folder)

    def _initdb_command(self, data: Path, password_file: Path) -> list[str]:
        if self.binaries.major >= BUILTIN_LOCALE_SINCE:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
        else:
            locale = ["--locale=C.UTF-8"]
        return [
            self.binaries["initdb"],
            *("--pgdata", str(data)),
            *("--username", "postgres"),
            *("--pwfile", str(password_file)),
            *("--auth", "scram-sha-256"),
            *("--encoding", "UTF8"),
            *locale,
        ]


def _shell_quoted(path: Path) -> str:
    """pg_ctl hands its options to a shell."""
    return "'" + str(path).replace("'", "'\\''") + "'"
