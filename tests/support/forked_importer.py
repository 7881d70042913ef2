"""An import that a test can kill often: started anew for each line it reads.

Usage: python -m tests.support.forked_importer WORKSPACE_ID RUN_ID NOW CHUNK. For each line on its
input it forks a child that runs the import, prints the child's process id, and then how it ended.
"""

import os
import sys
from datetime import datetime

from tests.support.forked_worker import say


def main() -> None:
    """Read lines; for each, let one child import."""
    import django

    django.setup()
    from leadfarm.intake.importing import run

    del run  # loaded once, before the first child
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(*sys.argv[1:5])
        say(str(child))
        _, status = os.waitpid(child, 0)
        say(f"ended by {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "done")


def work(workspace: str, number: str, now: str, chunk: str) -> None:
    """Bring in what is left of the file; small chunks, so that there are many instants."""
    from leadfarm.intake.importing.run import run_import
    from leadfarm.intake.models import ImportRun

    try:
        run = ImportRun.objects.of(int(workspace)).get(id=int(number))
        run_import(run, now=datetime.fromisoformat(now), chunk=int(chunk))
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
