"""The server's own programs end in peace, whoever asks us to stop meanwhile."""

import subprocess
import sys
from pathlib import Path

RUNS = """
import os, signal, sys
from pathlib import Path
from leadfarm.engine.postgres.account import Account
from leadfarm.engine.postgres.control import run

# Who runs tests in the background may have us ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
me = Account(name="", uid=os.geteuid(), gid=os.getegid())
run(me, ["/bin/sh", "-c", 'kill -INT "$PPID"; sleep 0.6; : > ended'], Path(sys.argv[1]))
print("nobody was heeded")
"""


def test_who_asks_to_stop_is_heeded_once_the_program_has_ended(tmp_path: Path) -> None:
    """A pg_ctl killed half way leaves a server that is not there yet for whoever stops it."""
    done = subprocess.run(
        [sys.executable, "-c", RUNS, str(tmp_path)], capture_output=True, text=True, timeout=120
    )
    assert (tmp_path / "ended").exists()
    assert done.stderr.rstrip().endswith("KeyboardInterrupt")
    assert done.stdout == ""
