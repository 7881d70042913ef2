"""Children do not outlive the command that started them, even when it is killed outright.

The parent holds the writing end of a pipe, each child the reading end: when the parent is gone,
however it went, the child reads the end of the file and stops as if it had been asked to.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

NAME = "LEADFARM_LIFELINE"
PATIENCE_SECONDS = 30


def spawn(
    command: Sequence[str], environment: Mapping[str, str], *, quiet: bool = False
) -> tuple["subprocess.Popen[bytes]", int]:
    """Start a child that ends with us; returns it and the end of the line we must keep open.

    `quiet` drops what it prints; its complaints still reach standard error.
    """
    theirs, ours = os.pipe()
    try:
        child = subprocess.Popen(  # noqa: S603 (our own command)
            command,
            env={**os.environ, **environment, NAME: str(theirs)},
            pass_fds=(theirs,),
            stdout=subprocess.DEVNULL if quiet else None,
            # Ctrl-C goes to us alone: we stop the children in order.
            start_new_session=True,
        )
    finally:
        os.close(theirs)
    return child, ours


def watch() -> None:
    """In a child: stop when the parent is gone. Elsewhere: nothing."""
    line = os.environ.pop(NAME, "")
    if line:
        threading.Thread(target=_wait, args=(int(line),), daemon=True).start()


def _wait(line: int) -> None:
    os.set_inheritable(line, False)
    while os.read(line, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    # Still here: whatever it hangs on, nobody is left who would end it. The group is ours alone.
    os.killpg(os.getpgid(0), signal.SIGKILL)
