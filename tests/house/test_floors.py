"""Imports only go down."""

import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2]


def test_imports_only_go_down() -> None:
    linter = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run([linter, "--no-cache"], cwd=ROOM, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
