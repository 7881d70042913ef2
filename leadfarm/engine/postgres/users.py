"""Who uses the embedded server: every process holds a share, and the last one to leave stops it.

A killed process lets go of its share too; then the next one to leave stops the server.
"""

import contextlib
import fcntl
from pathlib import Path
from typing import IO

from leadfarm.engine.postgres.cluster import Cluster
from leadfarm.engine.postgres.place import DECISION

FILE = "users.lock"


class Share:
    """This process's share in the server of one data folder."""

    def __init__(self, home: Path) -> None:
        """Take a share; waits while somebody who was the last one stops the server."""
        self.home = home
        self._lock: IO[str] = (home / FILE).open("w")
        fcntl.flock(self._lock, fcntl.LOCK_SH)

    def give_back(self) -> None:
        """Let go; nobody else holds a share: stop the server. A second call does nothing."""
        if self._lock.closed:
            return
        with self._lock, contextlib.suppress(BlockingIOError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if (self.home / DECISION).exists():
                Cluster(self.home).stop()
