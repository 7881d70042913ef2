"""A worker that sends, started anew for each line it reads: so that a test can kill it often.

Usage: python -m tests.support.forked_sender WORKSPACE_ID. For each line on its input it forks a
child that sends until nothing is due, prints the child's process id, and waits for its end.
"""

import os
import sys
from datetime import UTC, datetime, timedelta


def main() -> None:
    """Read lines; for each, let one child send."""
    import django

    django.setup()
    from leadfarm.access.models import Workspace
    from leadfarm.outreach.delivery import sending

    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            workspace = Workspace.objects.get(id=int(sys.argv[1]))
            lease_time = timedelta(milliseconds=100)
            sending.send_due(workspace, lambda: datetime.now(UTC), lease_time=lease_time, batch=50)
            os._exit(0)
        say(str(child))
        os.waitpid(child, 0)
        say("ended")


def say(word: str) -> None:
    """Write one line to whoever started us."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
