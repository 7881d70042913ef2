"""Whose rights the server runs with: PostgreSQL refuses root, so root lends it another user."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError

# A user made for the server first; the others exist on practically every system.
UNPRIVILEGED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """The system user who owns the server's process and its data."""

    name: str
    uid: int
    gid: int

    @property
    def is_someone_else(self) -> bool:
        """True when we are root and the server is not."""
        return self.uid != os.geteuid()

    def owns(self, path: Path) -> Path:
        """The path, given to this user."""
        if self.is_someone_else:
            os.chown(path, self.uid, self.gid)
        return path

    def can_reach(self, path: Path) -> bool:
        """Whether this user may walk down to the path; what does not exist yet is no obstacle."""
        return all(self._may_enter(step) for step in (path, *path.parents) if step.exists())

    def _may_enter(self, step: Path) -> bool:
        status = step.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account(name: str = "") -> Account:
    """The named user, or the one a new server gets: ourselves, or an unprivileged one for root."""
    if os.geteuid() != 0:
        return Account(name="", uid=os.geteuid(), gid=os.getegid())
    for candidate in (name,) if name else UNPRIVILEGED:
        try:
            found = pwd.getpwnam(candidate)
        except KeyError:
            continue
        return Account(name=found.pw_name, uid=found.pw_uid, gid=found.pw_gid)
    raise LeadfarmError(
        f"PostgreSQL does not run as root, and there is no user {name or 'postgres or nobody'}.",
        "Make one: useradd --system postgres",
    )
