"""A worker for one workspace, started anew for each line it reads: so a test can kill it often.

Usage: python -m tests.support.forked_worker WORKSPACE_ID. For each line on its input it forks a
child that does what the schedule does, without its pauses, until it is killed: one thread moves the
programs, one sends. It prints the child's process id, and waits for its end.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

LEASE_TIME = timedelta(milliseconds=100)


def main() -> None:
    """Read lines; for each, let one child work."""
    import django

    django.setup()
    from leadfarm.nurture import ticks
    from leadfarm.outreach.delivery import sending

    del ticks, sending  # loaded once, before the first child
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(int(sys.argv[1]))
        say(str(child))
        _, status = os.waitpid(child, 0)
        say(f"ended by {os.WTERMSIG(status)}")


def work(workspace_id: int) -> None:
    """Move programs and send mail side by side; small batches, so that there are many instants."""
    from leadfarm.access.models import Workspace
    from leadfarm.nurture.ticks import tick
    from leadfarm.outreach.delivery.sending import send_due

    workspace = Workspace.objects.get(id=workspace_id)
    jobs: list[Callable[[], object]] = [
        lambda: tick(workspace_id, now(), batch=10),
        lambda: send_due(workspace, now, lease_time=LEASE_TIME, batch=50),
    ]
    for job in jobs:
        threading.Thread(target=again_and_again, args=(job,), daemon=True).start()
    threading.Event().wait()


def again_and_again(job: Callable[[], object]) -> None:
    """Do it until somebody kills us; a job that fails ends the child, so that the test sees it."""
    try:
        while True:
            job()
            time.sleep(0.005)
    finally:
        os._exit(1)


def now() -> datetime:
    """Return the time, as the schedule hands it in."""
    return datetime.now(UTC)


def say(word: str) -> None:
    """Write one line to whoever started us."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
