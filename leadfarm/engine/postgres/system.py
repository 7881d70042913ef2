"""The place of the system that root's installations share: server copies, data others may not see.

Only root uses it. A plain user keeps everything in the data folder.
"""

import os
import stat
from pathlib import Path

from leadfarm.engine.errors import LeadfarmError

PLACES = ("/var/lib/leadfarm", "/opt/leadfarm", "/var/tmp/leadfarm-root")  # noqa: S108 (see _is_ours)


def system_place() -> Path:
    """A folder of root's that every user can walk into and only root can write."""
    for name in PLACES:
        place = Path(name)
        try:
            place.mkdir(mode=0o755)
            place.chmod(0o755)
        except FileExistsError:
            pass
        except OSError:
            continue
        if _is_ours(place):
            return place
    raise LeadfarmError(
        f"None of {', '.join(PLACES)} can be written.",
        "As root, Leadfarm needs one of them for the database server; or run it as a plain user.",
    )


def _is_ours(place: Path) -> bool:
    """True for a real folder only we can write: in /var/tmp anybody may have been first."""
    status = place.lstat()
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.geteuid()
        and not others_write
        and os.access(place, os.W_OK)
    )
